import type { Activity } from '../../../../worker/contract/activity.ts'
import { LIFETIMES } from '../../../../worker/contract/limits.ts'
import { paths } from '../../../routing/paths.ts'
import { secondsBetween } from '../../../time/durations.ts'
import { PageLink } from '../../../ui/PageLink.tsx'

const PICKED: ReadonlySet<number> = new Set(Object.values(LIFETIMES))

/** "answers @sol and ends with it": above a reply, leading to what it answers. */
export function Replies({ activity }: { activity: Activity }) {
  const { reply_to_activity_uuid: uuid, reply_to_handle: handle } = activity
  if (!uuid || !handle) return null
  // A reply whose life is one of the chooser's was given it; any other life is what was left of the parent's.
  const endsWithIt = !PICKED.has(secondsBetween(activity.created_at, activity.expires_at))
  return (
    <p className="why">
      answers <PageLink to={paths.activity({ uuid, user: { handle } })}>@{handle}</PageLink>
      {endsWithIt && ' and ends with it'}
    </p>
  )
}
