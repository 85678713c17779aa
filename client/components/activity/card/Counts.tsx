import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { paths } from '../../../routing/paths.ts'
import { numberText } from '../../../ui/form/count-text.ts'
import { PageLink } from '../../../ui/PageLink.tsx'

function CountLink({ count, one, many, to }: { count: number; one: string; many: string; to: string }) {
  if (count === 0) return null
  return (
    <li>
      <PageLink to={to}>
        <b>{numberText(count)}</b> {count === 1 ? one : many}
      </PageLink>
    </li>
  )
}

/** Links to the likers and reposters of an activity, and for its author to rewriting it and to who may reply. */
export function Counts({ activity, viewer }: { activity: Activity; viewer: User | null }) {
  const { likes_count, reposts_count, user } = activity
  const own = viewer?.uuid === user.uuid
  if (likes_count === 0 && reposts_count === 0 && !own) return null
  return (
    <ul className="card-counts">
      <CountLink count={likes_count} one="like" many="likes" to={paths.likes(activity)} />
      <CountLink count={reposts_count} one="repost" many="reposts" to={paths.reposts(activity)} />
      {own && (
        <li>
          <PageLink to={paths.rewrite(activity)}>Delete &amp; rewrite</PageLink>
        </li>
      )}
      {own && !activity.reply_to_activity_uuid && (
        <li>
          <PageLink to={paths.whoCanReply(activity)}>Who can reply</PageLink>
        </li>
      )}
    </ul>
  )
}
