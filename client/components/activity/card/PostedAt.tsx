import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { audienceName } from '../../audience/audience-name.ts'
import { LocalDateTime } from '../../time/LocalDateTime.tsx'

/** When an activity was posted, when it expires, and its audience. */
export function PostedAt({ activity, viewer }: { activity: Activity; viewer: User | null }) {
  const { created_at, expires_at, audience, user } = activity
  return (
    <p className="posted">
      Posted{' '}
      <time dateTime={created_at}>
        <LocalDateTime at={created_at} />
      </time>{' '}
      · gone{' '}
      <time dateTime={expires_at}>
        <LocalDateTime at={expires_at} />
      </time>
      {audience !== 'everyone' && ` · ${audienceName(audience, viewer?.uuid === user.uuid).toLowerCase()}`}
    </p>
  )
}
