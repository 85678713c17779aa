import type { List } from '../../../worker/contract/list.ts'
import type { User } from '../../../worker/contract/user.ts'
import type { FormFailure } from '../../forms/form.ts'
import { paths } from '../../routing/paths.ts'
import { BlockedAndMuted } from './BlockedAndMuted.tsx'

type BlockedPeopleProps = {
  people: List<User>
  failure: FormFailure | undefined
  pending: string | undefined
  saved: boolean
}

/** People whom one blocked. */
export function BlockedUsers(props: BlockedPeopleProps) {
  return (
    <BlockedAndMuted
      {...props}
      way={{ intent: 'unblock', verb: 'Unblock', done: 'Unblocked.' }}
      nobody="You have blocked nobody."
      further={(cursor) => `${paths.settings({ blocked: cursor })}#blocked`}
    />
  )
}
