import * as z from 'zod/mini'
import { type StoredActivity, storedActivity } from '../contract/activity.ts'
import { AppError } from '../contract/app-error.ts'
import type { Audience } from '../contract/audience.ts'
import { tagOf } from '../contract/linkify.ts'
import type { List } from '../contract/list.ts'
import { type TrendingTag, trendingTag } from '../contract/tag.ts'
import { type ListedUser, listedUser, type User, user } from '../contract/user.ts'
import type { Db, Reader } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'
import { type Paging, readCursor, toList } from './paging.ts'

export const searchActivitiesFunction = readFunction({
  name: 'search_activities',
  params: { viewer_sub: 'text?', term: 'text', before: 'uuid?', page_size: 'integer' },
  row: z.object({ activity: storedActivity, position: z.string() }),
  expiresAt: (row) => row.activity.expires_at,
})
export const readTag = readFunction({
  name: 'read_tag',
  params: { viewer_sub: 'text?', tag: 'text', before: 'uuid?', page_size: 'integer' },
  row: z.object({ activity: storedActivity, position: z.string() }),
  expiresAt: (row) => row.activity.expires_at,
})
export const readTrendingTags = readFunction({
  name: 'read_trending_tags',
  params: { viewer_sub: 'text?', page_size: 'integer' },
  row: z.extend(trendingTag, { expires_at: z.string() }),
})
export const rankTagsFunction = writeFunction({
  name: 'rank_tags',
  params: { tags_kept: 'integer' },
  row: z.object({}),
})
export const searchUsers = readFunction({
  name: 'search_users',
  params: { viewer_sub: 'text?', term: 'text', page_size: 'integer' },
  row: listedUser,
})
export const completeHandleFunction = readFunction({
  name: 'complete_handle',
  params: { viewer_sub: 'text', prefix: 'text', page_size: 'integer' },
  row: user,
  requiresViewer: true,
})
export const readUsersOutsideAudience = readFunction({
  name: 'read_users_outside_audience',
  params: { viewer_sub: 'text', audience: 'text', handles: 'text[]' },
  row: user,
  requiresViewer: true,
})
export const readSuggestedUsers = readFunction({
  name: 'read_suggested_users',
  params: { viewer_sub: 'text', page_size: 'integer' },
  row: user,
  requiresViewer: true,
})

/** Number of trending tags to store; lists show fewer. */
const TAGS_KEPT = 100

const singlePage = <T>(data: T[]): List<T> => ({ data, next_cursor: null })

/** Makes a page of activities; `rows` must be read with `limit + 1`. */
function toActivities(rows: { activity: StoredActivity; position: string }[], limit: number): List<StoredActivity> {
  const list = toList(rows, limit, (last) => last.position)
  return { ...list, data: list.data.map((row) => row.activity) }
}

/** Returns activities that match a term, newest first. */
export async function searchActivities(
  db: Db,
  viewer: Viewer | null,
  term: string,
  { cursor, limit }: Paging,
): Promise<List<StoredActivity>> {
  const [before = null] = readCursor(cursor, 1)
  const values = { viewer_sub: viewer?.sub ?? null, term, before, page_size: limit + 1 }
  return toActivities(await db.read(searchActivitiesFunction, values), limit)
}

/** Returns activities with a tag, newest first. @throws AppError not_found for a text that is not a tag. */
export async function tagFeed(
  db: Db,
  viewer: Viewer | null,
  written: string,
  { cursor, limit }: Paging,
): Promise<List<StoredActivity>> {
  const [before = null] = readCursor(cursor, 1)
  const tag = tagOf(written)
  if (tag === null) throw new AppError('not_found')
  const values = { viewer_sub: viewer?.sub ?? null, tag, before, page_size: limit + 1 }
  return toActivities(await db.read(readTag, values), limit)
}

/** Returns the trending tags, best first. */
export async function trendingTags(db: Reader, viewer: Viewer | null, limit: number): Promise<List<TrendingTag>> {
  const rows = await db.read(readTrendingTags, { viewer_sub: viewer?.sub ?? null, page_size: limit })
  return singlePage(rows.map(({ expires_at: _, ...tag }) => tag))
}

/** Computes the ranking of trending tags; the cron calls it each minute. */
export async function rankTags(db: Db): Promise<void> {
  await db.write(rankTagsFunction, { tags_kept: TAGS_KEPT })
}

/** Returns users whose handle or name contains a term. */
export async function findUsers(db: Db, viewer: Viewer | null, term: string, limit: number): Promise<List<ListedUser>> {
  return singlePage(await db.read(searchUsers, { viewer_sub: viewer?.sub ?? null, term, page_size: limit }))
}

/** Returns users whose handle or name begins with a prefix, to complete a mention. */
export async function completeHandle(db: Db, viewer: Viewer, prefix: string, limit: number): Promise<List<User>> {
  return singlePage(await db.read(completeHandleFunction, { viewer_sub: viewer.sub, prefix, page_size: limit }))
}

/** Returns the users with these handles who would not see a new activity of the viewer's for an audience. */
export async function usersOutsideAudience(
  db: Db,
  viewer: Viewer,
  { audience, handles }: { audience: Audience; handles: string[] },
): Promise<List<User>> {
  return singlePage(await db.read(readUsersOutsideAudience, { viewer_sub: viewer.sub, audience, handles }))
}

/** Returns users that the viewer might follow. */
export async function suggestedUsers(db: Reader, viewer: Viewer, limit: number): Promise<List<User>> {
  return singlePage(await db.read(readSuggestedUsers, { viewer_sub: viewer.sub, page_size: limit }))
}
