import * as z from 'zod/mini'
import { activity } from './activity.ts'
import { user } from './user.ts'

/**
 * What concerns one. For a reply or a mention, `activity` is what they wrote; a follow and a request to
 * follow have none. `security` has neither actor
 * nor activity: many tries to sign in to one's account have failed.
 */
export const notification = z.object({
  uuid: z.string(),
  kind: z.enum(['reply', 'like', 'repost', 'follow', 'follow_request', 'mention', 'security']),
  created_at: z.string(),
  read_at: z.nullable(z.string()),
  actor: z.nullable(user),
  activity: z.nullable(activity),
})
notification.register(z.globalRegistry, { id: 'notification' })
export type Notification = z.infer<typeof notification>

/** How many are unread, and when that next falls by itself (null: it does not). */
export const unread = z.object({ count: z.number(), until: z.nullable(z.string()) })
unread.register(z.globalRegistry, { id: 'unread' })
export type Unread = z.infer<typeof unread>

export const readUpTo = z.object({ up_to: z.uuid({ error: 'notification_unknown' }) })
