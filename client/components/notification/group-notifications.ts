import type { Activity } from '../../../worker/contract/activity.ts'
import type { Notification } from '../../../worker/contract/notification.ts'
import type { User } from '../../../worker/contract/user.ts'
import { expiryOf } from '../../queries/notifications.ts'

/** Neighbours alike as one: who did it, and what it concerns. */
export type NotificationGroup = {
  /** Of the newest. */
  uuid: string
  kind: Notification['kind']
  /** Who did it, newest first; nobody of a security notification. */
  actors: User[]
  activity: Activity | null
  unread: boolean
  /** From when to when it burns. */
  created_at: string
  expires_at: string
}

/** Likes and reposts go together when they are of the same crud, follows always; everything else stands alone. */
function isAlike(group: NotificationGroup, { kind, activity }: Notification): boolean {
  if (kind !== group.kind) return false
  if (kind === 'follow') return true
  return (kind === 'like' || kind === 'repost') && activity?.uuid === group.activity?.uuid
}

/** Groups a list (newest first) of notifications; nothing changes its place. */
export function groupNeighbours(notifications: readonly Notification[]): NotificationGroup[] {
  const groups: NotificationGroup[] = []
  for (const notification of notifications) {
    const { uuid, kind, actor, activity, read_at, created_at } = notification
    const last = groups.at(-1)
    if (last && isAlike(last, notification)) {
      if (actor && !last.actors.some(({ uuid }) => uuid === actor.uuid)) last.actors.push(actor)
      last.unread ||= read_at === null
    } else {
      groups.push({
        uuid,
        kind,
        actors: actor ? [actor] : [],
        activity,
        unread: read_at === null,
        // What is liked burns since it was written, not since it was liked.
        created_at: activity?.created_at ?? created_at,
        expires_at: expiryOf(notification),
      })
    }
  }
  return groups
}
