import * as z from 'zod/mini'
import type { Db } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'

export const readPendingRevocations = readFunction({
  name: 'read_pending_revocations',
  params: { page_size: 'integer' },
  row: z.object({ hash: z.string(), sealed_refresh_token: z.string() }),
})
export const settleRevocationFunction = writeFunction({
  name: 'settle_revocation',
  params: { session_hash: 'text', is_revoked: 'boolean' },
  row: z.object({}),
})

/** Returns at most `limit` ended sessions with a sealed refresh token that is not yet revoked at Cognito. */
export const pendingRevocations = (db: Db, limit: number) => db.read(readPendingRevocations, { page_size: limit })

/** Deletes a session's sealed refresh token. `is_revoked`: Cognito revoked it; otherwise it never will. */
export async function settleRevocation(db: Db, session_hash: string, is_revoked: boolean): Promise<void> {
  await db.write(settleRevocationFunction, { session_hash, is_revoked })
}
