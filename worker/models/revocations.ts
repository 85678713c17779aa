import * as z from 'zod/mini'
import type { Db } from '../db/client.ts'
import { sqlFunction } from '../db/query.ts'

export const pending = sqlFunction({
  name: 'read_pending_revocations',
  params: { page_size: 'integer' },
  row: z.object({ hash: z.string(), sealed_refresh_token: z.string() }),
})
export const settle = sqlFunction({
  name: 'settle_revocation',
  params: { session_hash: 'text', is_revoked: 'boolean' },
  row: z.object({}),
})

/** At most `limit` sessions whose refresh token Cognito is still to revoke, with that token sealed. */
export const pendingRevocations = (db: Db, limit: number) => db.many(pending, { page_size: limit })

/** Deletes a session's refresh token, because Cognito has revoked it (`is_revoked`) or never will. */
export async function settleRevocation(db: Db, session_hash: string, is_revoked: boolean): Promise<void> {
  await db.many(settle, { session_hash, is_revoked })
}
