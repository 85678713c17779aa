import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { buttonId, paths } from '../../../routing/paths.ts'
import { withCount } from '../../../ui/form/count-text.ts'
import { icon } from '../../../ui/icon/icon.tsx'
import type { IconName } from '../../../ui/icon/icon-paths.ts'
import { shownCount } from '../../../ui/shown-count.tsx'
import { replyRefusal } from '../../audience/reply-refusal.ts'
import { reactionButton } from './reaction-button.tsx'
import { ShareLink } from './ShareLink.tsx'
import { useReaction } from './use-reaction.ts'

type ActionLink = { name: IconName; label: string; count: number; to: string; id?: string | undefined }

/** A function, not a component: saves React a call for each link of each card. */
function actionLink({ name, label, count, to, id }: ActionLink) {
  return (
    <a className={`action ${name}`} id={id} href={to} aria-label={withCount(label, count)}>
      {icon(name)}
      {shownCount(count)}
    </a>
  )
}

type ActionsProps = {
  activity: Activity
  viewer: User | null
  /** The page's focal activity: gives its buttons ids, so that signing in can return to them. */
  focal?: boolean
}

/**
 * Buttons of an activity: reply (if refused, a link to the replies), repost if it is for everyone, like, share, and its menu. If one is
 * missing, those after it move up. Signed out, the first three link to sign-in and there is no menu; signed in, repost and like
 * are buttons of a form, which works without script.
 */
export function Actions({ activity, viewer, focal = false }: ActionsProps) {
  const { audience, replies_count, reposts_count, likes_count } = activity
  const press = useReaction(activity)
  const signIn = (kind: 'reply' | 'repost' | 'like') => paths.signIn(paths.button(activity, kind))
  const id = (kind: 'reply' | 'repost' | 'like') => (viewer && focal ? buttonId(kind) : undefined)
  const list = (
    <ul className="actions">
      <li>
        {replyRefusal(activity) === null
          ? actionLink({
              name: 'reply',
              label: viewer ? 'Reply' : 'Sign in to reply',
              count: replies_count,
              to: viewer ? paths.reply(activity) : signIn('reply'),
              id: id('reply'),
            })
          : replies_count > 0 &&
            actionLink({ name: 'reply', label: 'Replies', count: replies_count, to: paths.activity(activity) })}
      </li>
      <li>
        {audience !== 'everyone'
          ? null
          : viewer
            ? reactionButton({ kind: 'repost', activity, press, id: id('repost') })
            : actionLink({ name: 'repost', label: 'Sign in to repost', count: reposts_count, to: signIn('repost') })}
      </li>
      <li>
        {viewer
          ? reactionButton({ kind: 'like', activity, press, id: id('like') })
          : actionLink({ name: 'like', label: 'Sign in to like', count: likes_count, to: signIn('like') })}
      </li>
      <li>
        <ShareLink activity={activity} />
      </li>
      {viewer && (
        <li>
          <a className="action more" href={paths.activityMenu(activity)} aria-label="More">
            {icon('more')}
          </a>
        </li>
      )}
    </ul>
  )
  return viewer ? (
    <form className="reactions" method="post">
      {list}
    </form>
  ) : (
    list
  )
}
