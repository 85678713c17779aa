import type { ReactNode } from 'react'
import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { icon } from '../../ui/icon/icon.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { Avatar } from '../avatar/Avatar.tsx'
import { UserLine } from '../user/UserLine.tsx'

/** Header of a conversation: a link back, and the other user. */
export function ConversationHead({ user, action }: { user: User; action?: ReactNode }) {
  return (
    <header className="conversation-head">
      <a className="back" href={paths.messages()} aria-label="All messages">
        {icon('back')}
      </a>
      <Avatar user={user} />
      <h1>
        <VisuallyHidden>Messages with </VisuallyHidden>
        <UserLine user={user} />
      </h1>
      {action}
    </header>
  )
}
