import type { List } from '../../../worker/contract/list.ts'
import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { BlockedAndMuted } from './BlockedAndMuted.tsx'
import type { FormState } from './SettingsForm.tsx'

/** The users whom the viewer has blocked. */
export function BlockedUsers(props: FormState & { users: List<User> }) {
  return (
    <BlockedAndMuted
      {...props}
      undo={{ intent: 'unblock', verb: 'Unblock', done: 'Unblocked.' }}
      empty="You haven’t blocked anyone."
      pathAt={(cursor) => `${paths.settings({ blocked: cursor })}#blocked`}
    />
  )
}
