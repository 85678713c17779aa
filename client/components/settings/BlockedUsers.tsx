import type { List } from '../../../worker/contract/list.ts'
import type { User } from '../../../worker/contract/user.ts'
import type { FormFailure } from '../../forms/form.ts'
import { paths } from '../../routing/paths.ts'
import { BlockedAndMuted } from './BlockedAndMuted.tsx'

type BlockedUsersProps = {
  users: List<User>
  failure: FormFailure | undefined
  pending: string | undefined
  saved: boolean
}

/** The users whom the viewer has blocked. */
export function BlockedUsers(props: BlockedUsersProps) {
  return (
    <BlockedAndMuted
      {...props}
      undo={{ intent: 'unblock', verb: 'Unblock', done: 'Unblocked.' }}
      empty="You have blocked nobody."
      pageAt={(cursor) => `${paths.settings({ blocked: cursor })}#blocked`}
    />
  )
}
