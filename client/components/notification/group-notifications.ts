import type { Activity } from '../../../worker/contract/activity.ts'
import type { Notification } from '../../../worker/contract/notification.ts'
import type { User } from '../../../worker/contract/user.ts'
import { expiryOf } from '../../queries/notifications/notifications.ts'

/** Adjacent notifications of the same kind, shown as one. */
export type NotificationGroup = {
  /** Uuid of the newest notification. */
  uuid: string
  kind: Notification['kind']
  /** Newest first; empty for a security notification. */
  actors: User[]
  activity: Activity | null
  /** Reference of the report, or uuid of the statement, that the notification is about. */
  reference: string | null
  unread: boolean
  /** When the newest notification was created. */
  notified_at: string
  /** Start and end of the fuse. */
  created_at: string
  expires_at: string
}

/** Whether a notification joins a group: likes and reposts of the same activity do, follows always, others never. */
function canJoin(group: NotificationGroup, { kind, activity }: Notification): boolean {
  if (kind !== group.kind) return false
  if (kind === 'follow') return true
  return (kind === 'like' || kind === 'repost') && activity?.uuid === group.activity?.uuid
}

/** Groups adjacent notifications of a list (newest first), in its order. */
export function groupAdjacent(notifications: readonly Notification[]): NotificationGroup[] {
  const groups: NotificationGroup[] = []
  for (const notification of notifications) {
    const { uuid, kind, actor, activity, reference, read_at, created_at } = notification
    const last = groups.at(-1)
    if (last && canJoin(last, notification)) {
      if (actor && !last.actors.some(({ uuid }) => uuid === actor.uuid)) last.actors.push(actor)
      last.unread ||= read_at === null
    } else {
      groups.push({
        uuid,
        kind,
        actors: actor ? [actor] : [],
        activity,
        reference,
        unread: read_at === null,
        notified_at: created_at,
        // The fuse is the activity's, so it starts when the activity was posted.
        created_at: activity?.created_at ?? created_at,
        expires_at: expiryOf(notification),
      })
    }
  }
  return groups
}
