import * as z from 'zod/mini'
import { type StoredActivity, storedActivity } from '../contract/activity.ts'
import type { List } from '../contract/list.ts'
import { user } from '../contract/user.ts'
import type { Db, Reader } from '../db/client.ts'
import { readFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'
import { type Paging, readCursor, toList, writeCursor } from './paging.ts'
import { findUser } from './users.ts'

/** An activity with its sort key in the feed. */
const feedColumns = { activity: storedActivity, position: z.string() }
const expiresAt = (row: { activity: StoredActivity }) => row.activity.expires_at
const USER_PAGE = { viewer_sub: 'text?', handle: 'text', before: 'uuid?', page_size: 'integer' } as const

export const readEveryone = readFunction({
  name: 'read_everyone',
  params: { viewer_sub: 'text?', before: 'uuid?', page_size: 'integer' },
  row: z.object(feedColumns),
  expiresAt,
})
export const readHome = readFunction({
  name: 'read_home',
  params: { viewer_sub: 'text', top: 'uuid?', before: 'uuid?', page_size: 'integer' },
  row: z.object({ ...feedColumns, reposted_by: z.nullable(user) }),
  requiresViewer: true,
  expiresAt,
})
export const readUserActivities = readFunction({
  name: 'read_user_activities',
  params: USER_PAGE,
  row: z.object({ ...feedColumns, reposted_by: z.nullable(user) }),
  expiresAt,
})
export const readUserReplies = readFunction({
  name: 'read_user_replies',
  params: USER_PAGE,
  row: z.object(feedColumns),
  expiresAt,
})
export const readUserLikes = readFunction({
  name: 'read_user_likes',
  params: USER_PAGE,
  row: z.object(feedColumns),
  expiresAt,
})
export const readLastLight = readFunction({
  name: 'read_last_light',
  params: {
    viewer_sub: 'text?',
    after_expires_at: 'text?',
    after_uuid: 'uuid?',
    min_seconds: 'integer',
    page_size: 'integer',
  },
  row: z.object(feedColumns),
  expiresAt,
})

type FeedRow = z.infer<typeof readHome.row> | z.infer<typeof readEveryone.row>

/** Returns the activity of a feed's row; with `reposted_by` if a repost put it there. */
function toActivity(row: FeedRow): StoredActivity {
  return 'reposted_by' in row && row.reposted_by ? { ...row.activity, reposted_by: row.reposted_by } : row.activity
}

/** Returns the viewer's home feed, newest first; see read_home.sql. The cursor holds the first page's top and the last item. */
export async function homeFeed(db: Db, viewer: Viewer, { cursor, limit }: Paging): Promise<List<StoredActivity>> {
  const [top = null, before = null] = readCursor(cursor, 2)
  const rows = await db.read(readHome, { viewer_sub: viewer.sub, top, before, page_size: limit + 1 })
  const firstTop = top ?? rows[0]?.position ?? ''
  const list = toList(rows, limit, (last) => writeCursor(firstTop, last.position))
  return { ...list, data: list.data.map(toActivity) }
}

/** Returns live top-level activities of all users, newest first. */
export async function everyoneFeed(
  db: Db,
  viewer: Viewer | null,
  { cursor, limit }: Paging,
): Promise<List<StoredActivity>> {
  const [before = null] = readCursor(cursor, 1)
  const rows = await db.read(readEveryone, { viewer_sub: viewer?.sub ?? null, before, page_size: limit + 1 })
  const list = toList(rows, limit, (last) => last.position)
  return { ...list, data: list.data.map((row) => row.activity) }
}

export type ProfileTab = 'cruds' | 'replies' | 'likes'

/** Returns a user's activities and reposts, replies, or likes, newest first. @throws AppError not_found for an unknown handle. */
export async function userFeed(
  db: Db,
  viewer: Viewer | null,
  handle: string,
  tab: ProfileTab,
  { cursor, limit }: Paging,
): Promise<List<StoredActivity>> {
  const [before = null] = readCursor(cursor, 1)
  const values = { viewer_sub: viewer?.sub ?? null, handle, before, page_size: limit + 1 }
  const readTab = { cruds: readUserActivities, replies: readUserReplies, likes: readUserLikes }[tab]
  const [rows] = await Promise.all([db.read<typeof USER_PAGE, FeedRow>(readTab, values), findUser(db, viewer, handle)])
  const list = toList(rows, limit, (last) => last.position)
  return { ...list, data: list.data.map(toActivity) }
}

/** Expiry and uuid of an activity. */
const LAST_LIGHT_CURSOR = /^(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_(.+)$/

/** Returns whether a time exists in the calendar; Postgres would throw for 31 February. */
function isTime(iso: string): boolean {
  const time = new Date(iso)
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === iso.slice(0, 19)
}

/**
 * Returns live activities by soonest expiry, without those that expire within `min_left` seconds. The cursor is the expiry and
 * the uuid of the last activity on the page.
 */
export async function lastLightFeed(
  db: Reader,
  viewer: Viewer | null,
  { cursor, limit, min_left }: Paging & { min_left: number },
): Promise<List<StoredActivity>> {
  const [, expiresAt = null, uuid] = cursor === undefined ? [] : (LAST_LIGHT_CURSOR.exec(cursor) ?? [])
  const isOurs = uuid !== undefined && expiresAt !== null && isTime(expiresAt)
  const [after = null] = readCursor(cursor === undefined ? undefined : isOurs ? uuid : '', 1)
  const rows = await db.read(readLastLight, {
    viewer_sub: viewer?.sub ?? null,
    after_expires_at: expiresAt,
    after_uuid: after,
    min_seconds: min_left,
    page_size: limit + 1,
  })
  const list = toList(rows, limit, (last) => `${last.position}_${last.activity.uuid}`)
  return { ...list, data: list.data.map((row) => row.activity) }
}
