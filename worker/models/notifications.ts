import * as z from 'zod/mini'
import type { List } from '../contract/list.ts'
import { type StoredNotification, storedNotification, type Unread, unread } from '../contract/notification.ts'
import type { Db, Reader } from '../db/client.ts'
import { nudged } from '../db/nudged.ts'
import { nudges, readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'
import { type Paging, readCursor, toList } from './paging.ts'

export const readNotifications = readFunction({
  name: 'read_notifications',
  params: { viewer_sub: 'text', before: 'uuid?', page_size: 'integer' },
  row: z.extend(storedNotification, { expires_at: z.string() }),
  requiresViewer: true,
  expiresAt: (row) => row.expires_at,
})
export const countUnreadNotifications = readFunction({
  name: 'count_unread_notifications',
  params: { viewer_sub: 'text' },
  row: unread,
  requiresViewer: true,
})
export const markNotificationsRead = writeFunction({
  name: 'mark_notifications_read',
  params: { viewer_sub: 'text', up_to: 'uuid' },
  row: unread,
  requiresViewer: true,
  allowsSuspended: true,
})
export const notifyOfFailedSignIns = writeFunction({
  name: 'notify_of_failed_sign_ins',
  params: { account: 'text' },
  row: z.object({ nudged }),
  nudges,
})

const NOTHING_UNREAD: Unread = { count: 0, until: null, follow_requests: 0 }

/** Returns the viewer's notifications, newest first. */
export async function notificationsOf(
  db: Db,
  viewer: Viewer,
  { cursor, limit }: Paging,
): Promise<List<StoredNotification>> {
  const [before = null] = readCursor(cursor, 1)
  const rows = await db.read(readNotifications, { viewer_sub: viewer.sub, before, page_size: limit + 1 })
  const { data, next_cursor } = toList(rows, limit, (last) => last.uuid)
  return { data: data.map(({ expires_at: _, ...rest }) => rest), next_cursor }
}

/** Returns the number of unread notifications. */
export async function unreadOf(db: Reader, viewer: Viewer): Promise<Unread> {
  return (await db.readOne(countUnreadNotifications, { viewer_sub: viewer.sub })) ?? NOTHING_UNREAD
}

/** Marks all notifications up to one as read. Returns the new unread count. */
export async function markRead(db: Db, viewer: Viewer, up_to: string): Promise<Unread> {
  return (await db.writeOne(markNotificationsRead, { viewer_sub: viewer.sub, up_to })) ?? NOTHING_UNREAD
}

/** Notifies the owner of an account (email or sub), if it exists, of many failed sign-ins. */
export async function warnOwner(db: Db, account: string): Promise<void> {
  await db.write(notifyOfFailedSignIns, { account: account.toLowerCase() })
}
