import type { List } from '../../../worker/contract/list.ts'
import type { MutedUser } from '../../../worker/contract/user.ts'
import type { FormFailure } from '../../forms/form.ts'
import { paths } from '../../routing/paths.ts'
import { secondsBetween, spanInWords } from '../../time/durations.ts'
import { useNow } from '../../time/use-now.ts'
import { TurnedAway } from './BlockedAndMuted.tsx'

type MutedPeopleProps = {
  people: List<MutedUser>
  failure: FormFailure | undefined
  pending: string | undefined
  saved: boolean
}

/** People whom one muted, and for how much longer. */
export function MutedPeople(props: MutedPeopleProps) {
  const now = useNow(15_000)
  return (
    <TurnedAway
      {...props}
      way={{ intent: 'unmute', verb: 'Unmute', done: 'Unmuted.' }}
      nobody="You have muted nobody."
      note={({ ends_at }) => ends_at && `${spanInWords(secondsBetween(now, ends_at))} left`}
      further={(cursor) => `${paths.settings({ muted: cursor })}#muted`}
    />
  )
}
