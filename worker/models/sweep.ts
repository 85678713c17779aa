import * as z from 'zod/mini'
import type { Db } from '../db/client.ts'
import { type WriteFunction, writeFunction } from '../db/query.ts'

const PARAMS = { batch_size: 'integer' } as const

/** A SQL function that deletes one batch of a kind and returns the number of deleted rows. */
export type Sweep = WriteFunction<typeof PARAMS, { count: number }>

/** Declares a SQL function that deletes one batch. */
export const sweepFunction = (name: string): Sweep =>
  writeFunction({ name, params: PARAMS, row: z.object({ count: z.number() }) })

export const expiredActivities = sweepFunction('sweep_expired_activities')
export const unattachedImages = sweepFunction('sweep_unattached_images')
export const expiredMessages = sweepFunction('sweep_expired_messages')
export const oldIdempotencyKeys = sweepFunction('sweep_idempotency_keys')
export const oldNotifications = sweepFunction('sweep_notifications')
export const oldAuthAttempts = sweepFunction('sweep_auth_attempts')
export const oldReservedHandles = sweepFunction('sweep_reserved_handles')
export const oldPasswordResets = sweepFunction('sweep_password_resets')
export const oldSessions = sweepFunction('sweep_sessions')
export const oldDeletedSubs = sweepFunction('sweep_deleted_subs')

export const openReports = sweepFunction('sweep_open_reports')
export const sealedCopies = sweepFunction('sweep_sealed_copies')
export const oldReports = sweepFunction('sweep_reports')
export const oldStatements = sweepFunction('sweep_statements')

/** All kinds of rows that expire, those with users' texts first. */
export const SWEEPS = [
  expiredActivities,
  unattachedImages,
  expiredMessages,
  openReports,
  sealedCopies,
  oldReports,
  oldStatements,
  oldNotifications,
  oldIdempotencyKeys,
  oldAuthAttempts,
  oldReservedHandles,
  oldDeletedSubs,
  oldPasswordResets,
  oldSessions,
]

/**
 * Deletes at most `batch_size` rows of a kind. Returns their number; 0 if nothing is left or another run is sweeping. Expired
 * rows are invisible before: all reads filter them.
 */
export async function sweepBatch(db: Db, sweep: Sweep, batch_size: number): Promise<number> {
  return (await db.writeOne(sweep, { batch_size }))?.count ?? 0
}
