import type { Activity } from '../../../../worker/contract/activity.ts'
import { Counts } from './Counts.tsx'
import { PostedAt } from './PostedAt.tsx'

/** Details on an activity's own page: when it was posted and expires, and links to its likers and reposters. */
export function ActivityDetails({ activity }: { activity: Activity }) {
  return (
    <>
      <PostedAt activity={activity} />
      <Counts activity={activity} />
    </>
  )
}
