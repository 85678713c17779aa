import type { Audience } from '../../worker/contract/audience.ts'

/** Names of the audiences on screen. */
export const AUDIENCE_LABELS: Record<Audience, string> = {
  everyone: 'Everyone',
  followers: 'Followers',
  circle: 'Your circle',
  mentioned: 'People you mention',
}
