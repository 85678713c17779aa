import type { List } from '../../../worker/contract/list.ts'
import type { MutedUser } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { formatDuration, secondsBetween } from '../../time/durations.ts'
import { useNow } from '../../time/use-now.ts'
import { BlockedAndMuted } from './BlockedAndMuted.tsx'
import type { FormState } from './SettingsForm.tsx'

/** The users whom the viewer has muted, with the time left. */
export function MutedUsers(props: FormState & { users: List<MutedUser> }) {
  const now = useNow(15_000)
  return (
    <BlockedAndMuted
      {...props}
      undo={{ intent: 'unmute', verb: 'Unmute', done: 'Unmuted.' }}
      empty="You haven’t muted anyone."
      note={({ ends_at }) => ends_at && `${formatDuration(secondsBetween(now, ends_at))} left`}
      pathAt={(cursor) => `${paths.settings({ muted: cursor })}#muted`}
    />
  )
}
