import type { Audience, WhoCanReply } from '../../../worker/contract/audience.ts'

/** Who sees an activity, or may reply, as its author picks it. */
export const AUDIENCE_LABELS: Record<Audience | WhoCanReply, string> = {
  everyone: 'Everyone',
  followers: 'Followers',
  circle: 'Your circle',
  mentioned: 'People mentioned',
  nobody: 'Nobody',
}
