import * as z from 'zod/mini'
import activitiesSql from '../../sql/queries/sweep/activities.sql'
import attemptsSql from '../../sql/queries/sweep/attempts.sql'
import authAttemptsSql from '../../sql/queries/sweep/auth_attempts.sql'
import departedSubsSql from '../../sql/queries/sweep/departed_subs.sql'
import keysSql from '../../sql/queries/sweep/idempotency_keys.sql'
import messagesSql from '../../sql/queries/sweep/messages.sql'
import notificationsSql from '../../sql/queries/sweep/notifications.sql'
import passwordResetsSql from '../../sql/queries/sweep/password_resets.sql'
import reservedHandlesSql from '../../sql/queries/sweep/reserved_handles.sql'
import sessionsSql from '../../sql/queries/sweep/sessions.sql'
import type { Db } from '../db/client.ts'
import { query } from '../db/query.ts'

const sweepOf = (name: string, text: string) =>
  query({ name, text, params: { limit: 'integer' }, row: z.object({ count: z.number() }) })

export const endedActivities = sweepOf('sweep/activities', activitiesSql)
export const endedMessages = sweepOf('sweep/messages', messagesSql)
export const oldKeys = sweepOf('sweep/idempotency_keys', keysSql)
export const oldNotifications = sweepOf('sweep/notifications', notificationsSql)
export const oldAttempts = sweepOf('sweep/attempts', attemptsSql)
export const oldAuthAttempts = sweepOf('sweep/auth_attempts', authAttemptsSql)
export const endedReservations = sweepOf('sweep/reserved_handles', reservedHandlesSql)
export const oldPasswordResets = sweepOf('sweep/password_resets', passwordResetsSql)
export const oldSessions = sweepOf('sweep/sessions', sessionsSql)
export const oldDepartedSubs = sweepOf('sweep/departed_subs', departedSubsSql)

/** All that ends, by the statement that removes it. Cruds come last: they change how the rest of a batch is planned. */
export const ENDING = [
  endedMessages,
  oldKeys,
  oldNotifications,
  oldAttempts,
  oldAuthAttempts,
  endedReservations,
  oldDepartedSubs,
  oldPasswordResets,
  oldSessions,
  endedActivities,
]

/**
 * Deletes at most `limit` rows of each kind that has ended. Answers the kinds that may have more.
 * Nothing waits for it: every read leaves out what has ended.
 */
export async function sweepOnce(db: Db, kinds: typeof ENDING, limit: number): Promise<typeof ENDING> {
  const counts = await Promise.all(kinds.map((kind) => db.first(kind, { limit })))
  return kinds.filter((_, i) => (counts[i]?.count ?? 0) >= limit)
}
