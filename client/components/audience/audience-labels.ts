import type { Audience, WhoCanReply } from '../../../worker/contract/audience.ts'

/** Who sees an activity, as its author picks it. */
export const AUDIENCE_LABELS: Record<Audience, string> = {
  everyone: 'Everyone',
  followers: 'Followers',
  circle: 'Your circle',
  mentioned: 'People mentioned',
}

/** Who may reply, as the author picks it. */
export const WHO_CAN_REPLY_LABELS: Record<WhoCanReply, string> = {
  everyone: 'Everyone',
  followers: 'Followers',
  mentioned: 'People mentioned',
  nobody: 'Nobody',
}
