import type { List } from '../../../worker/contract/list.ts'
import type { MutedUser } from '../../../worker/contract/user.ts'
import type { FormFailure } from '../../forms/form.ts'
import { paths } from '../../routing/paths.ts'
import { formatDuration, secondsBetween } from '../../time/durations.ts'
import { useNow } from '../../time/use-now.ts'
import { BlockedAndMuted } from './BlockedAndMuted.tsx'

type MutedPeopleProps = {
  people: List<MutedUser>
  failure: FormFailure | undefined
  pending: string | undefined
  saved: boolean
}

/** People whom one muted, and for how much longer. */
export function MutedUsers(props: MutedPeopleProps) {
  const now = useNow(15_000)
  return (
    <BlockedAndMuted
      {...props}
      way={{ intent: 'unmute', verb: 'Unmute', done: 'Unmuted.' }}
      nobody="You have muted nobody."
      note={({ ends_at }) => ends_at && `${formatDuration(secondsBetween(now, ends_at))} left`}
      further={(cursor) => `${paths.settings({ muted: cursor })}#muted`}
    />
  )
}
