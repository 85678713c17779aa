import { useQueryClient } from '@tanstack/react-query'
import type { Notification } from '../../../worker/contract/notification.ts'
import type { Pagination } from '../../queries/cache/pagination.ts'
import { expiryOf, removeExpiredNotifications } from '../../queries/notifications/notifications.ts'
import { paths } from '../../routing/paths.ts'
import { useExpiry } from '../../time/clock.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MoreLink } from '../../ui/MoreLink.tsx'
import { EndOfList, ExpiredNote, lastToExpire } from '../activity/ExpiredNote.tsx'
import { TickingList } from '../activity/feed/TickingList.tsx'
import { groupAdjacent } from './group-notifications.ts'
import { NotificationItem } from './NotificationItem.tsx'

type NotificationListProps = {
  notifications: readonly Notification[]
  pagination: Pagination
}

/** Feed of notifications, newest first; adjacent ones of a kind are grouped. Removes expired ones from the query cache. */
export function NotificationList({ notifications, pagination }: NotificationListProps) {
  const queries = useQueryClient()
  useExpiry(notifications.map(expiryOf), (now) => removeExpiredNotifications(queries, now))
  const groups = groupAdjacent(notifications)
  const last = lastToExpire(groups)
  if (!last) return <EmptyState>Nothing here yet. Replies, likes, reposts and new followers show up here.</EmptyState>
  return (
    <>
      <TickingList className="feed">
        <div role="feed" aria-label="Notifications" aria-busy={pagination.loading}>
          {groups.map((group, i) => (
            <NotificationItem
              key={group.uuid}
              group={group}
              posInSet={i + 1}
              setSize={pagination.cursor ? -1 : groups.length}
            />
          ))}
        </div>
        <ExpiredNote key={last.uuid} last={last}>
          Everything here has burnt out. <a href={paths.home()}>See what’s burning now</a>
        </ExpiredNote>
      </TickingList>
      {pagination.cursor ? (
        <MoreLink to={paths.notifications(pagination.cursor)} pagination={pagination}>
          Older notifications
        </MoreLink>
      ) : (
        <EndOfList key={last.uuid} last={last} />
      )}
    </>
  )
}
