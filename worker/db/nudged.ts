import * as z from 'zod/mini'
import { pushPayload, pushSubscription } from '../contract/push.ts'

/** What to push to the browsers of a user (sql/functions/push_subscriptions/push_to.sql). */
export const push = z.object({
  payload: pushPayload,
  subscriptions: z.array(z.extend(pushSubscription, { uuid: z.string() })),
})
export type Push = z.infer<typeof push>

/** Users who got a notification from a write, and what to push to each; null without a push subscription (sql/functions/notifications/nudges_to.sql). */
export const nudged = z.array(z.object({ user_uuid: z.string(), push: z.nullable(push) }))
export type Nudged = z.infer<typeof nudged>
