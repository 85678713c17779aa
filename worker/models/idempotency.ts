import * as z from 'zod/mini'
import claimSql from '../../sql/queries/idempotency_keys/claim.sql'
import keepSql from '../../sql/queries/idempotency_keys/keep.sql'
import { AppError } from '../contract/app-error.ts'
import type { Db } from '../db/client.ts'
import { query } from '../db/query.ts'

export const claim = query({
  name: 'idempotency_keys/claim',
  text: claimSql,
  params: { hash: 'text', body_mac: 'text', claim: 'uuid' },
  row: z.object({
    outcome: z.enum(['fresh', 'replay', 'gone', 'reused']),
    replay: z.string(),
    activity_uuid: z.string(),
    message_uuid: z.string(),
  }),
})
export const keep = query({
  name: 'idempotency_keys/keep',
  text: keepSql,
  params: { hash: 'text', claim: 'uuid' },
  row: z.object({ hash: z.string() }),
})

/** What a client's Idempotency-Key becomes: nothing of the key or of the body can be read from it. */
export type Idempotency = { hash: string; body_mac: string }

/** The key as functions take it; null for a request without one. */
export const keyValues = (key: Idempotency | undefined) => ({
  key_hash: key?.hash ?? null,
  body_mac: key?.body_mac ?? null,
})

/**
 * Runs the statements that `write` asks for, once a key: asked again with the same body they write nothing, and the batch's
 * last statement finds what was made then. Everything goes as one batch.
 * @throws AppError idempotency_key_reused for another body; gone when what was made has ended.
 */
export async function once<T>(db: Db, key: Idempotency | undefined, write: () => Promise<T>): Promise<T> {
  if (!key) return write()
  const mark = crypto.randomUUID()
  const claimed = db.first(claim, { ...key, claim: mark })
  const written = write()
  const kept = db.many(keep, { hash: key.hash, claim: mark })
  const [outcome, result] = await Promise.allSettled([claimed, written, kept])
  if (outcome.status === 'rejected') throw outcome.reason
  if (outcome.value?.outcome === 'reused') {
    throw new AppError([{ code: 'idempotency_key_reused', field: 'Idempotency-Key' }])
  }
  if (outcome.value?.outcome === 'gone') throw new AppError('gone')
  if (result.status === 'rejected') throw result.reason
  return result.value
}
