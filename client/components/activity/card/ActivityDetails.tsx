import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { Counts } from './Counts.tsx'
import { PostedAt } from './PostedAt.tsx'

/** What a crud's own page says of it beside its words: its two times, and who likes it and has reposted it. */
export function ActivityDetails({ activity, viewer }: { activity: Activity; viewer: User | null }) {
  return (
    <>
      <PostedAt activity={activity} />
      <Counts activity={activity} viewer={viewer} />
    </>
  )
}
