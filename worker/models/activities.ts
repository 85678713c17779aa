import * as z from 'zod/mini'
import createSql from '../../sql/queries/activities/create.sql'
import deleteSql from '../../sql/queries/activities/delete.sql'
import isLiveSql from '../../sql/queries/activities/is_live.sql'
import madeSql from '../../sql/queries/activities/made.sql'
import repliesSql from '../../sql/queries/activities/replies.sql'
import replySql from '../../sql/queries/activities/reply.sql'
import showSql from '../../sql/queries/activities/show.sql'
import { type Activity, type ActivityWithAncestors, activity } from '../contract/activity.ts'
import { AppError } from '../contract/app-error.ts'
import { LIFETIMES, type Ttl } from '../contract/limits.ts'
import type { List } from '../contract/list.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, query, VIEWER } from '../db/query.ts'
import { absent } from './gone.ts'
import { isUuid, type Paging, readCursor, toList } from './paging.ts'

const uuidOnly = z.object({ uuid: z.string() })

export const create = query({
  text: createSql,
  params: { ...VIEWER, message: 'text', lifetime: 'integer' },
  row: uuidOnly,
  requiresViewer: true,
})
export const reply = query({
  text: replySql,
  params: { ...VIEWER, activity_uuid: 'uuid', message: 'text', lifetime: 'integer?' },
  row: uuidOnly,
  requiresViewer: true,
})
export const made = query({ text: madeSql, params: VIEWER, row: activity })
export const show = query({ text: showSql, params: { ...VIEWER, activity_uuid: 'uuid' }, row: activity })
export const isLive = query({ text: isLiveSql, params: { ...VIEWER, activity_uuid: 'uuid' }, row: uuidOnly })
export const replies = query({
  text: repliesSql,
  params: { ...VIEWER, activity_uuid: 'uuid', after: 'uuid?', limit: 'integer' },
  row: activity,
})
export const remove = query({
  text: deleteSql,
  params: { ...VIEWER, activity_uuid: 'uuid' },
  row: z.object({ own: z.boolean() }),
  requiresViewer: true,
})

/** A live crud with what it hangs on, root first. 404 or 410 when it is not live. */
export async function showActivity(db: Db, viewer: Viewer | null, uuid: string): Promise<ActivityWithAncestors> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const rows = await db.many(show, { ...asViewer(viewer), activity_uuid: uuid })
  const shown = rows.pop()
  if (!shown) throw absent(uuid)
  return { ...shown, ancestors: rows }
}

/** Live answers to a live crud, oldest first. */
export async function repliesOf(
  db: Db,
  viewer: Viewer | null,
  uuid: string,
  { cursor, limit }: Paging,
): Promise<List<Activity>> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const [after = null] = readCursor(cursor, 1)
  const [live, rows] = await Promise.all([
    db.first(isLive, { ...asViewer(viewer), activity_uuid: uuid }),
    db.many(replies, { ...asViewer(viewer), activity_uuid: uuid, after, limit: limit + 1 }),
  ])
  if (!live) throw absent(uuid)
  return toList(rows, limit, (last) => last.uuid)
}

/** Makes a crud that lives for `ttl` from now, by the database's clock. */
export async function createActivity(
  db: Db,
  viewer: Viewer,
  { message, ttl }: { message: string; ttl: Ttl },
): Promise<Activity> {
  const [, row] = await Promise.all([
    db.first(create, { ...asViewer(viewer), message, lifetime: LIFETIMES[ttl] }),
    db.first(made, asViewer(viewer)),
  ])
  if (!row) throw new AppError('internal')
  return row
}

/** Answers a live crud; the answer ends with it at the latest. 404 or 410 when it is not live: nothing is stored. */
export async function replyTo(
  db: Db,
  viewer: Viewer,
  uuid: string,
  { message, ttl }: { message: string; ttl?: Ttl | undefined },
): Promise<Activity> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const lifetime = ttl ? LIFETIMES[ttl] : null
  const [stored, row] = await Promise.all([
    db.first(reply, { ...asViewer(viewer), activity_uuid: uuid, message, lifetime }),
    db.first(made, asViewer(viewer)),
  ])
  if (!stored || !row) throw absent(uuid)
  return row
}

/** Puts out one's own live crud with all that hangs on it. 403 for somebody else's. */
export async function deleteActivity(db: Db, viewer: Viewer, uuid: string): Promise<void> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const target = await db.first(remove, { ...asViewer(viewer), activity_uuid: uuid })
  if (!target) throw absent(uuid)
  if (!target.own) throw new AppError('not_yours')
}
