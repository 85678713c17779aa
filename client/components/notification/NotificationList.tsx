import { useQueryClient } from '@tanstack/react-query'
import type { Notification } from '../../../worker/contract/notification.ts'
import { expiryOf, removeExpiredNotifications } from '../../queries/notifications.ts'
import type { Pagination } from '../../queries/pagination.ts'
import { paths } from '../../routing/paths.ts'
import { useExpiry } from '../../time/clock.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MoreLink } from '../../ui/MoreLink.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import { ExpiredNote, ExpiryNote, lastToExpire } from '../activity/ExpiredNote.tsx'
import { ExpiringList } from '../activity/feed/ExpiringList.tsx'
import { groupNeighbours } from './group-notifications.ts'
import { NotificationItem } from './NotificationItem.tsx'

type NotificationListProps = {
  notifications: readonly Notification[]
  further: Pagination
}

/** What others did, neighbours alike as one, newest first. What has ended leaves. */
export function NotificationList({ notifications, further }: NotificationListProps) {
  const queries = useQueryClient()
  useExpiry(notifications.map(expiryOf), (now) => removeExpiredNotifications(queries, now))
  const groups = groupNeighbours(notifications)
  const last = lastToExpire(groups)
  if (!last) return <EmptyState>Nothing burns here yet. Answers, likes, reposts and followers show up here.</EmptyState>
  return (
    <>
      <ExpiringList className="feed">
        <div role="feed" aria-label="Notifications" aria-busy={further.loading}>
          {groups.map((group, i) => (
            <NotificationItem
              key={group.uuid}
              group={group}
              position={{ at: i + 1, of: further.cursor ? -1 : groups.length }}
            />
          ))}
        </div>
        <ExpiredNote key={last.uuid} last={last}>
          Everything here has burnt out. <PageLink to={paths.home()}>See what is burning now</PageLink>
        </ExpiredNote>
      </ExpiringList>
      {further.cursor ? (
        <MoreLink to={paths.notifications(further.cursor)} further={further}>
          Older notifications
        </MoreLink>
      ) : (
        <ExpiryNote key={last.uuid} last={last} />
      )}
    </>
  )
}
