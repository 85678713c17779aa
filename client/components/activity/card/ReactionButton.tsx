import { useLocation } from 'react-router'
import type { Activity } from '../../../../worker/contract/activity.ts'
import { type Reaction as Kind, reactionState } from '../../../queries/activities/reactions.ts'
import { paths } from '../../../routing/paths.ts'
import { Count } from '../../../ui/Count.tsx'
import { withCount } from '../../../ui/form/count-text.ts'
import { Icon } from '../../../ui/icon/Icon.tsx'
import { useReaction } from './use-reaction.ts'

const WORDS = { like: 'Like', repost: 'Repost' }

type ReactionProps = {
  kind: Kind
  activity: Activity
  /** Id of the button: sign-in returns to it. */
  id?: string | undefined
}

/**
 * Like or repost of a signed-in viewer: a form with one button, so that it works without script. It sends `on`,
 * what the reader wants it to be, and `next`, the button or the crud where it stands now.
 */
export function ReactionButton({ kind, activity, id }: ReactionProps) {
  const { pathname, search } = useLocation()
  const press = useReaction(activity, kind)
  const { on, count } = reactionState(activity, kind)
  return (
    <form method="post" action={paths[kind](activity)} onSubmit={press}>
      <input type="hidden" name="next" value={`${pathname}${search}#${id ?? activity.uuid}`} />
      <button
        type="submit"
        id={id}
        className={`action ${kind}${on ? ' on' : ''}`}
        name="on"
        value={String(!on)}
        aria-pressed={on}
        aria-label={withCount(WORDS[kind], count)}
      >
        <Icon name={kind} />
        <Count value={count} />
      </button>
    </form>
  )
}
