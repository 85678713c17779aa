import { useFetcher } from 'react-router'
import type { Activity } from '../../../worker/contract/activity.ts'
import { paths } from '../../lib/paths.ts'
import { Count } from '../../ui/Count.tsx'
import { withCount } from '../../ui/count-text.ts'
import { Icon } from '../../ui/Icon.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'

type Kind = 'like' | 'repost'

const WORDS = { like: { act: 'Like', many: 'Likes' }, repost: { act: 'Repost', many: 'Reposts' } } as const

type ReactionProps = {
  kind: Kind
  activity: Activity
  /** False: the count alone, since there is nothing to press yet. */
  live: boolean
}

/** Like or repost, for a person who is signed in. */
export function Reaction({ kind, activity, live }: ReactionProps) {
  const count = kind === 'like' ? activity.likes_count : activity.reposts_count
  const on = (kind === 'like' ? activity.viewer?.liked : activity.viewer?.reposted) ?? false
  if (live) return <Toggle kind={kind} count={count} on={on} action={paths[kind](activity)} />
  return (
    <span className={`action ${kind}${on ? ' on' : ''}`}>
      {count > 0 && <VisuallyHidden>{`${WORDS[kind].many}: `}</VisuallyHidden>}
      <Icon name={kind} />
      <Count value={count} />
    </span>
  )
}

/** A form of one button, so that it works without script: it sends `on`, what the reader wants it to be. */
function Toggle({ kind, count, on, action }: { kind: Kind; count: number; on: boolean; action: string }) {
  const fetcher = useFetcher()
  const { act } = WORDS[kind]
  return (
    <fetcher.Form method="post" action={action}>
      <button
        type="submit"
        className={`action ${kind}${on ? ' on' : ''}`}
        name="on"
        value={String(!on)}
        aria-pressed={on}
        aria-label={withCount(act, count)}
      >
        <Icon name={kind} />
        <Count value={count} />
      </button>
    </fetcher.Form>
  )
}
