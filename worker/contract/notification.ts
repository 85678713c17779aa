import * as z from 'zod/mini'
import { type Activity, activity, storedActivity } from './activity.ts'
import { user } from './user.ts'

/**
 * A notification of the viewer. `activity`: the actor's own for a reply or mention, the viewer's for a like or repost, null for
 * a follow or a request to follow. Without actor and activity: `security` (many failed sign-ins to the account), `report` (decided;
 * `reference` is the report's) and `statement` (a decision about the viewer; `reference` is the statement's uuid).
 */
export const notification = z.object({
  uuid: z.string(),
  kind: z.enum(['reply', 'like', 'repost', 'follow', 'follow_request', 'mention', 'security', 'report', 'statement']),
  created_at: z.string(),
  read_at: z.nullable(z.string()),
  actor: z.nullable(user),
  activity: z.nullable(activity),
  reference: z.nullable(z.string()),
})
/** A notification as Postgres returns it. */
export const storedNotification = z.extend(notification, { activity: z.nullable(storedActivity) })
export type StoredNotification = z.infer<typeof storedNotification>
notification.register(z.globalRegistry, { id: 'notification' })
export type Notification = Omit<z.infer<typeof notification>, 'activity'> & { activity: Activity | null }

/**
 * Number of unread notifications. `until`: when the next of them expires, null if none does. `follow_requests`: how many users
 * wait for the viewer to accept them.
 */
export const unread = z.object({ count: z.number(), until: z.nullable(z.string()), follow_requests: z.number() })
unread.register(z.globalRegistry, { id: 'unread' })
export type Unread = z.infer<typeof unread>

export const readUpTo = z.object({ up_to: z.uuid({ error: 'notification_unknown' }) })
