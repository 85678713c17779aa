import type { ReactNode } from 'react'
import type { User } from '../../../worker/contract/user.ts'
import { Avatar } from '../avatar/Avatar.tsx'
import { UserLine } from './UserLine.tsx'

/** A person in a list (`<li>`), with room for what one can do about them. */
export function UserRow({ user, action }: { user: User; action?: ReactNode }) {
  return (
    <li className="person">
      <Avatar user={user} />
      <UserLine user={user} />
      {action}
    </li>
  )
}
