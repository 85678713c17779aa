import type { Activity } from '../../../../worker/contract/activity.ts'
import { type Reaction as Kind, reactionState } from '../../../queries/activities/reactions.ts'
import { paths } from '../../../routing/paths.ts'
import { withCount } from '../../../ui/form/count-text.ts'
import { icon } from '../../../ui/icon/icon.tsx'
import { shownCount } from '../../../ui/shown-count.tsx'
import type { useReaction } from './use-reaction.ts'

const WORDS = { like: 'Like', repost: 'Repost' }

type ReactionButton = {
  kind: Kind
  activity: Activity
  /** What a press does with script. */
  press: ReturnType<typeof useReaction>
  /** Id of the button: sign-in returns to it. */
  id?: string | undefined
}

/**
 * Returns like or repost for a signed-in viewer. Without script it submits the form around it to a path of its own, with `on`: the
 * wanted state. Not a component: each card has two.
 */
export function reactionButton({ kind, activity, press, id }: ReactionButton) {
  const { on, count } = reactionState(activity, kind)
  return (
    <button
      type="submit"
      id={id}
      className={`action ${kind}${on ? ' on' : ''}`}
      formAction={paths[kind](activity)}
      name="on"
      value={String(!on)}
      aria-pressed={on}
      aria-label={withCount(WORDS[kind], count)}
      onClick={(event) => press(event, kind)}
    >
      {icon(kind)}
      {shownCount(count)}
    </button>
  )
}
