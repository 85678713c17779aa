import type { Activity } from '../../../../worker/contract/activity.ts'
import { type Reaction as Kind, reactionState } from '../../../queries/activities/reactions.ts'
import { paths } from '../../../routing/paths.ts'
import { Count } from '../../../ui/Count.tsx'
import { withCount } from '../../../ui/form/count-text.ts'
import { icon } from '../../../ui/icon/icon.tsx'
import type { useReaction } from './use-reaction.ts'

const WORDS = { like: 'Like', repost: 'Repost' }

type ReactionProps = {
  kind: Kind
  activity: Activity
  /** What a press does with script. */
  press: ReturnType<typeof useReaction>
  /** Id of the button: sign-in returns to it. */
  id?: string | undefined
}

/**
 * Like or repost of a signed-in viewer. Without script it submits the form around it to a path of its own, with `on`: what the reader
 * wants it to be.
 */
export function ReactionButton({ kind, activity, press, id }: ReactionProps) {
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
      <Count value={count} />
    </button>
  )
}
