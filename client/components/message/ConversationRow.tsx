import type { MessageGroup } from '../../../worker/contract/message.ts'
import { paths } from '../../routing/paths.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { Avatar } from '../avatar/Avatar.tsx'
import { unreadCount } from '../layout/nav/unread-count.tsx'
import { TimeAgo } from '../time/TimeAgo.tsx'
import { MessageRequestButtons } from './MessageRequestButtons.tsx'

/** A conversation in the list (`<li>`): the other user, the last message and its time; the unread count, or buttons of a request. */
export function ConversationRow({ group }: { group: MessageGroup }) {
  const { uuid, user, last_message } = group
  const isRequest = group.folder === 'requests'
  const unread_count = isRequest ? 0 : group.unread_count
  const isLastOwn = last_message !== null && last_message.user_uuid !== user.uuid
  return (
    <li>
      <a
        className={unread_count > 0 ? 'conversation-row has-unread' : 'conversation-row'}
        href={paths.conversation(uuid)}
      >
        <Avatar user={user} />
        <span className="user-line">
          <b dir="auto">{user.display_name}</b> <span>@{user.handle}</span>
        </span>
        {unread_count > 0 && <VisuallyHidden>{`, ${unread_count} new.`}</VisuallyHidden>}
        {unreadCount(unread_count)}{' '}
        {last_message && (
          <>
            <span className="last">
              {isLastOwn && 'You: '}
              <bdi>{last_message.message}</bdi>
            </span>
            <TimeAgo at={last_message.created_at} />
          </>
        )}
      </a>
      {isRequest && <MessageRequestButtons group={group} />}
    </li>
  )
}
