import * as z from 'zod/mini'

/** Who may see a top-level activity and its replies, besides its author. */
export const AUDIENCES = ['everyone', 'followers', 'circle', 'mentioned'] as const
export type Audience = (typeof AUDIENCES)[number]
export const audience = z.enum(AUDIENCES, { error: 'audience_invalid' })

/** Who may reply in a thread, of those who see it, besides its author. */
export const WHO_CAN_REPLY = ['everyone', 'followers', 'mentioned', 'nobody'] as const
export type WhoCanReply = (typeof WHO_CAN_REPLY)[number]
export const whoCanReply = z.enum(WHO_CAN_REPLY, { error: 'who_can_reply_invalid' })
