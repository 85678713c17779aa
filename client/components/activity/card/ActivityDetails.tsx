import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { Counts } from './Counts.tsx'
import { PostedAt } from './PostedAt.tsx'

/** Details on an activity's own page: when it was posted and expires, and links to its likers and reposters. */
export function ActivityDetails({ activity, viewer }: { activity: Activity; viewer: User | null }) {
  return (
    <>
      <PostedAt activity={activity} viewer={viewer} />
      <Counts activity={activity} />
    </>
  )
}
