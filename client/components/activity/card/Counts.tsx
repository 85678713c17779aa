import type { Activity } from '../../../../worker/contract/activity.ts'
import { paths } from '../../../routing/paths.ts'
import { numberText } from '../../../ui/form/count-text.ts'

function CountLink({ count, one, many, to }: { count: number; one: string; many: string; to: string }) {
  if (count === 0) return null
  return (
    <li>
      <a href={to}>
        <b>{numberText(count)}</b> {count === 1 ? one : many}
      </a>
    </li>
  )
}

/** Links to the likers and reposters of an activity. Empty without any, but as high, so that a first like does not move the replies. */
export function Counts({ activity }: { activity: Activity }) {
  const { likes_count, reposts_count } = activity
  return (
    <ul className="card-counts">
      <CountLink count={likes_count} one="like" many="likes" to={paths.likes(activity)} />
      <CountLink count={reposts_count} one="repost" many="reposts" to={paths.reposts(activity)} />
    </ul>
  )
}
