/** Who may see a top-level activity and its replies, besides its author. */
export const AUDIENCES = ['everyone', 'followers', 'circle', 'mentioned'] as const
export type Audience = (typeof AUDIENCES)[number]

/** Who may reply in a thread, besides its author. They must also be in its audience. */
export const WHO_CAN_REPLY = ['everyone', 'followers', 'mentioned', 'nobody'] as const
export type WhoCanReply = (typeof WHO_CAN_REPLY)[number]
