import type { ReactNode } from 'react'
import type { User } from '../../../worker/contract/user.ts'
import { Avatar } from '../avatar/Avatar.tsx'
import { UserLine } from './UserLine.tsx'

/** A user in a list, as an `<li>`. `action` holds its buttons. */
export function UserRow({ user, action }: { user: User; action?: ReactNode }) {
  return (
    <li className="user-row">
      <Avatar user={user} />
      <UserLine user={user} />
      {action}
    </li>
  )
}
