import { GUESSES_BEFORE_WARNING } from '../../../worker/contract/limits.ts'
import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { TimeAgo } from '../message/TimeAgo.tsx'
import type { NotificationGroup } from './group-notifications.ts'

function describe({ kind, activity }: NotificationGroup): string {
  const yours = activity?.reply_to_activity_uuid ? 'your reply' : 'your crud'
  switch (kind) {
    case 'like':
      return `liked ${yours}`
    case 'repost':
      return `reposted ${yours}`
    case 'reply':
      return 'replied to you'
    case 'mention':
      return 'mentioned you'
    case 'follow':
      return 'followed you'
    case 'follow_request':
      return 'asked to follow you'
    case 'security':
      return `Someone tried ${GUESSES_BEFORE_WARNING} wrong passwords on your account.`
    case 'report':
      return 'What you reported was decided.'
    case 'statement':
      return 'A moderator decided about you or something of yours.'
  }
}

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
      </span>{' '}
      <span className="soft">
        · <TimeAgo at={group.notified_at} />
      </span>
    </p>
  )
}
