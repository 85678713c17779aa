import * as z from 'zod/mini'
import byUserSql from '../../sql/queries/activities/by_user.sql'
import homeSql from '../../sql/queries/activities/home.sql'
import lastLightSql from '../../sql/queries/activities/last_light.sql'
import likedByUserSql from '../../sql/queries/activities/liked_by_user.sql'
import repliesByUserSql from '../../sql/queries/activities/replies_by_user.sql'
import { type Activity, activity } from '../contract/activity.ts'
import type { List } from '../contract/list.ts'
import { type User, user } from '../contract/user.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, query, sqlFunction, VIEWER } from '../db/query.ts'
import { type Paging, readCursor, toList, writeCursor } from './paging.ts'
import { findUser } from './users.ts'

const place = { place: z.string() }
const feedItem = z.extend(activity, { ...place, reposted_by: z.nullable(user) })

export const everyone = sqlFunction({
  name: 'read_everyone',
  params: { viewer_sub: 'text?', before: 'uuid?', page_size: 'integer' },
  row: z.object({ activity, position: z.string() }),
  expiresAt: (row) => row.activity.expires_at,
})
export const home = query({
  name: 'activities/home',
  text: homeSql,
  params: { ...VIEWER, top: 'uuid?', before: 'uuid?', limit: 'integer' },
  row: feedItem,
  requiresViewer: true,
})
export const byUser = query({
  name: 'activities/by_user',
  text: byUserSql,
  params: { ...VIEWER, handle: 'text', before: 'uuid?', limit: 'integer' },
  row: feedItem,
})
export const repliesByUser = query({
  name: 'activities/replies_by_user',
  text: repliesByUserSql,
  params: { ...VIEWER, handle: 'text', before: 'uuid?', limit: 'integer' },
  row: activity,
})
export const likedByUser = query({
  name: 'activities/liked_by_user',
  text: likedByUserSql,
  params: { ...VIEWER, handle: 'text', before: 'uuid?', limit: 'integer' },
  row: z.extend(activity, place),
})
export const lastLight = query({
  name: 'activities/last_light',
  text: lastLightSql,
  params: { ...VIEWER, tier: 'integer?', after_end: 'text?', after: 'uuid?', min_left: 'integer', limit: 'integer' },
  row: z.extend(activity, { tier: z.number(), end_place: z.string() }),
})

type FeedRow = Omit<Activity, 'reposted_by'> & { place: string; reposted_by?: User | null | undefined }

/** A feed's rows carry their place, and reposted_by only when that is why they are there. */
function toActivity({ place: _, reposted_by, ...rest }: FeedRow): Activity {
  return reposted_by ? { ...rest, reposted_by } : rest
}

/** What the viewer follows, newest first; see home.sql. The cursor is (top of the read, last item). */
export async function homeFeed(db: Db, viewer: Viewer, { cursor, limit }: Paging): Promise<List<Activity>> {
  const [top = null, before = null] = readCursor(cursor, 2)
  const rows = await db.many(home, { ...asViewer(viewer), top, before, limit: limit + 1 })
  const first = top ?? rows[0]?.place ?? ''
  const list = toList(rows, limit, (last) => writeCursor(first, last.place))
  return { ...list, data: list.data.map(toActivity) }
}

/** Every live top-level crud, newest first. */
export async function everyoneFeed(db: Db, viewer: Viewer | null, { cursor, limit }: Paging): Promise<List<Activity>> {
  const [before = null] = readCursor(cursor, 1)
  const rows = await db.many(everyone, { viewer_sub: viewer?.sub ?? null, before, page_size: limit + 1 })
  const list = toList(rows, limit, (last) => last.position)
  return { ...list, data: list.data.map((row) => row.activity) }
}

export type ProfileTab = 'cruds' | 'replies' | 'likes'

/** A person's cruds and reposts, their answers, or what they like, newest first; 404 for a handle that nobody has. */
export async function userFeed(
  db: Db,
  viewer: Viewer | null,
  handle: string,
  tab: ProfileTab,
  { cursor, limit }: Paging,
): Promise<List<Activity>> {
  const [before = null] = readCursor(cursor, 1)
  const values = { ...asViewer(viewer), handle, before, limit: limit + 1 }
  const found = findUser(db, viewer, handle)
  if (tab === 'replies') {
    const [rows] = await Promise.all([db.many(repliesByUser, values), found])
    return toList(rows, limit, (last) => last.uuid)
  }
  const [rows] = await Promise.all([tab === 'likes' ? db.many(likedByUser, values) : db.many(byUser, values), found])
  const list = toList<FeedRow>(rows, limit, (last) => last.place)
  return { ...list, data: list.data.map(toActivity) }
}

const END_CURSOR = /^([01])_(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_(.+)$/

/** Whether it is a time in the calendar: what merely looks like one is an error to Postgres. */
function isTime(iso: string): boolean {
  const time = new Date(iso)
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === iso.slice(0, 19)
}

/**
 * Live cruds by soonest end: those of people whom the viewer follows, then everyone's. Left out are those that have less
 * than `min_left` seconds.
 */
export async function lastLightFeed(
  db: Db,
  viewer: Viewer | null,
  { cursor, limit, min_left }: Paging & { min_left: number },
): Promise<List<Activity>> {
  const [, tier, end = null, uuid] = cursor === undefined ? [] : (END_CURSOR.exec(cursor) ?? [])
  const isOurs = uuid !== undefined && end !== null && isTime(end)
  const [after = null] = readCursor(cursor === undefined ? undefined : isOurs ? uuid : '', 1)
  const rows = await db.many(lastLight, {
    ...asViewer(viewer),
    tier: tier === undefined ? null : Number(tier),
    after_end: end,
    after,
    min_left,
    limit: limit + 1,
  })
  const list = toList(rows, limit, (last) => `${last.tier}_${last.end_place}_${last.uuid}`)
  return { ...list, data: list.data.map(({ tier: _, end_place: __, ...rest }) => rest) }
}
