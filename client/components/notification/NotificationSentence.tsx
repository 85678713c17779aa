import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { notificationWords } from '../../texts/notification-words.ts'
import { TimeAgo } from '../time/TimeAgo.tsx'
import type { NotificationGroup } from './group-notifications.ts'

const describe = ({ kind, activity }: NotificationGroup): string =>
  notificationWords(kind, activity?.reply_to_activity_uuid ? 'your reply' : 'your crud')

const Name = ({ user }: { user: User }) => (
  <a href={paths.profile(user.handle)}>
    <b dir="auto">{user.display_name}</b>
  </a>
)

/** "Mira, Sol and 3 others liked your crud · 2 h ago", all but the age in an element with `id`; a security notification has no names. */
export function NotificationSentence({ group, id }: { group: NotificationGroup; id: string }) {
  const [first, second] = group.actors
  const others = group.actors.length - 2
  return (
    <p className="notification-sentence">
      <span id={id}>
        {group.unread && (
          <>
            <span className="new-badge">New</span>{' '}
          </>
        )}
        {first && <Name user={first} />}
        {second && (
          <>
            {others > 0 ? ', ' : ' and '}
            <Name user={second} />
          </>
        )}
        {others > 0 && ` and ${others === 1 ? '1 other' : `${others} others`}`}
        {first && ' '}
        {describe(group)}
      </span>
      {'\u2003'}
      <span className="notified-at">
        <TimeAgo at={group.notified_at} />
      </span>
    </p>
  )
}
