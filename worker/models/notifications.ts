import * as z from 'zod/mini'
import listSql from '../../sql/queries/notifications/list.sql'
import readSql from '../../sql/queries/notifications/read.sql'
import unreadSql from '../../sql/queries/notifications/unread.sql'
import warnSql from '../../sql/queries/notifications/warn.sql'
import type { List } from '../contract/list.ts'
import { type Notification, notification, type Unread, unread } from '../contract/notification.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, query, VIEWER } from '../db/query.ts'
import { type Paging, readCursor, toList } from './paging.ts'

export const list = query({
  name: 'notifications/list',
  text: listSql,
  params: { ...VIEWER, before: 'uuid?', limit: 'integer' },
  row: notification,
  requiresViewer: true,
})
export const countUnread = query({
  name: 'notifications/unread',
  text: unreadSql,
  params: VIEWER,
  row: unread,
  requiresViewer: true,
})
export const read = query({
  name: 'notifications/read',
  text: readSql,
  params: { ...VIEWER, up_to: 'uuid' },
  row: z.object({ uuid: z.string() }),
  requiresViewer: true,
})

export const warn = query({
  name: 'notifications/warn',
  text: warnSql,
  params: { account: 'text' },
  row: z.object({ uuid: z.string() }),
})

/** What concerns the viewer, newest first. */
export async function notificationsOf(db: Db, viewer: Viewer, { cursor, limit }: Paging): Promise<List<Notification>> {
  const [before = null] = readCursor(cursor, 1)
  const rows = await db.many(list, { ...asViewer(viewer), before, limit: limit + 1 })
  return toList(rows, limit, (last) => last.uuid)
}

export async function unreadOf(db: Db, viewer: Viewer): Promise<Unread> {
  return (await db.first(countUnread, asViewer(viewer))) ?? { count: 0, until: null }
}

/** Marks everything up to a notification as read; answers what is unread now. */
export async function markRead(db: Db, viewer: Viewer, up_to: string): Promise<Unread> {
  const [, rest] = await Promise.all([db.many(read, { ...asViewer(viewer), up_to }), unreadOf(db, viewer)])
  return rest
}

/** Notifies the owner of an account (by its email or sub), if there is one, that many tries to sign in to it failed. */
export async function warnOwner(db: Db, account: string): Promise<void> {
  await db.many(warn, { account: account.toLowerCase() })
}
