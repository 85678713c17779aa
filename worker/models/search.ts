import * as z from 'zod/mini'
import searchSql from '../../sql/queries/activities/search.sql'
import byTagSql from '../../sql/queries/tags/activities.sql'
import rankSql from '../../sql/queries/tags/rank.sql'
import trendingSql from '../../sql/queries/tags/trending.sql'
import byPrefixSql from '../../sql/queries/users/by_prefix.sql'
import searchUsersSql from '../../sql/queries/users/search.sql'
import suggestedSql from '../../sql/queries/users/suggested.sql'
import { type Activity, activity } from '../contract/activity.ts'
import { AppError } from '../contract/app-error.ts'
import type { List } from '../contract/list.ts'
import { tagOf } from '../contract/segments.ts'
import { type TrendingTag, trendingTag } from '../contract/tag.ts'
import { type ListedUser, listedUser, type User, user } from '../contract/user.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, query, VIEWER } from '../db/query.ts'
import { type Paging, readCursor, toList } from './paging.ts'

export const search = query({
  name: 'activities/search',
  text: searchSql,
  params: { ...VIEWER, term: 'text', before: 'uuid?', limit: 'integer' },
  row: activity,
})
export const byTag = query({
  name: 'tags/activities',
  text: byTagSql,
  params: { ...VIEWER, tag: 'text', before: 'uuid?', limit: 'integer' },
  row: activity,
})
export const trending = query({
  name: 'tags/trending',
  text: trendingSql,
  params: { ...VIEWER, limit: 'integer' },
  row: z.extend(trendingTag, { expires_at: z.string() }),
})
export const rank = query({
  name: 'tags/rank',
  text: rankSql,
  params: { limit: 'integer' },
  row: z.object({ tag: z.string() }),
})
export const searchUsers = query({
  name: 'users/search',
  text: searchUsersSql,
  params: { ...VIEWER, term: 'text', limit: 'integer' },
  row: listedUser,
})
export const byPrefix = query({
  name: 'users/by_prefix',
  text: byPrefixSql,
  params: { ...VIEWER, prefix: 'text', limit: 'integer' },
  row: user,
  requiresViewer: true,
})
export const suggested = query({
  name: 'users/suggested',
  text: suggestedSql,
  params: { ...VIEWER, limit: 'integer' },
  row: user,
  requiresViewer: true,
})

/** So many tags are kept as trending; fewer are shown. */
const RANKED = 100

const whole = <T>(data: T[]): List<T> => ({ data, next_cursor: null })

/** Live cruds that say what is looked for, newest first. */
export async function searchActivities(
  db: Db,
  viewer: Viewer | null,
  term: string,
  { cursor, limit }: Paging,
): Promise<List<Activity>> {
  const [before = null] = readCursor(cursor, 1)
  const rows = await db.many(search, { ...asViewer(viewer), term, before, limit: limit + 1 })
  return toList(rows, limit, (last) => last.uuid)
}

/** Live cruds with a tag, newest first. 404 for what is no tag. */
export async function tagFeed(
  db: Db,
  viewer: Viewer | null,
  written: string,
  { cursor, limit }: Paging,
): Promise<List<Activity>> {
  const [before = null] = readCursor(cursor, 1)
  const tag = tagOf(written)
  if (tag === null) throw new AppError('not_found')
  const rows = await db.many(byTag, { ...asViewer(viewer), tag, before, limit: limit + 1 })
  return toList(rows, limit, (last) => last.uuid)
}

/** What is talked about, the most talked about first. */
export async function trendingTags(db: Db, viewer: Viewer | null, limit: number): Promise<List<TrendingTag>> {
  const rows = await db.many(trending, { ...asViewer(viewer), limit })
  return whole(rows.map(({ expires_at: _, ...tag }) => tag))
}

/** Writes what is talked about; the cron does so each minute. */
export async function rankTags(db: Db): Promise<void> {
  await db.many(rank, { limit: RANKED })
}

/** People whose handle or name has what is looked for. */
export async function findPeople(
  db: Db,
  viewer: Viewer | null,
  term: string,
  limit: number,
): Promise<List<ListedUser>> {
  return whole(await db.many(searchUsers, { ...asViewer(viewer), term, limit }))
}

/** People whose handle begins so: completion of a mention. */
export async function completeHandle(db: Db, viewer: Viewer, prefix: string, limit: number): Promise<List<User>> {
  return whole(await db.many(byPrefix, { ...asViewer(viewer), prefix, limit }))
}

/** People to follow. */
export async function suggestedPeople(db: Db, viewer: Viewer, limit: number): Promise<List<User>> {
  return whole(await db.many(suggested, { ...asViewer(viewer), limit }))
}
