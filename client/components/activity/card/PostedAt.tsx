import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { Moment } from './Moment.tsx'

/** Who sees an activity on its own page, unless everyone does. */
const SEEN_BY = {
  everyone: '',
  followers: ' · only for followers',
  circle: ' · only for a circle',
  mentioned: ' · only for people mentioned',
}

/** When an activity was posted, when it expires, and its audience. */
export function PostedAt({ activity, viewer }: { activity: Activity; viewer: User | null }) {
  const { created_at, expires_at, audience, user } = activity
  const isOwn = viewer?.uuid === user.uuid
  return (
    <p className="posted">
      Posted{' '}
      <time dateTime={created_at}>
        <Moment at={created_at} />
      </time>{' '}
      · gone{' '}
      <time dateTime={expires_at}>
        <Moment at={expires_at} />
      </time>
      {isOwn ? SEEN_BY[audience].replace('a circle', 'your circle') : SEEN_BY[audience]}
    </p>
  )
}
