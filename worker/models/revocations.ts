import * as z from 'zod/mini'
import listSql from '../../sql/queries/revocations/list.sql'
import settleSql from '../../sql/queries/revocations/settle.sql'
import type { Db } from '../db/client.ts'
import { query } from '../db/query.ts'

export const pending = query({
  name: 'revocations/list',
  text: listSql,
  params: { limit: 'integer' },
  row: z.object({ hash: z.string(), sealed_refresh_token: z.string() }),
})
export const settle = query({
  name: 'revocations/settle',
  text: settleSql,
  params: { session_hash: 'text', is_revoked: 'boolean' },
  row: z.object({ uuid: z.string() }),
})

/** At most `limit` sessions whose refresh token Cognito is still to revoke, with that token sealed. */
export const pendingRevocations = (db: Db, limit: number) => db.many(pending, { limit })

/** Forgets a session's refresh token, because Cognito has revoked it (`is_revoked`) or never will. */
export async function settleRevocation(db: Db, session_hash: string, is_revoked: boolean): Promise<void> {
  await db.many(settle, { session_hash, is_revoked })
}
