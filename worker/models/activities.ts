import * as z from 'zod/mini'
import cardSql from '../../sql/queries/activities/card.sql'
import createSql from '../../sql/queries/activities/create.sql'
import deleteSql from '../../sql/queries/activities/delete.sql'
import isLiveSql from '../../sql/queries/activities/is_live.sql'
import madeSql from '../../sql/queries/activities/made.sql'
import replaceSql from '../../sql/queries/activities/replace.sql'
import repliesSql from '../../sql/queries/activities/replies.sql'
import replySql from '../../sql/queries/activities/reply.sql'
import showSql from '../../sql/queries/activities/show.sql'
import weightSql from '../../sql/queries/activities/weight.sql'
import {
  type Activity,
  type ActivityWeight,
  type ActivityWithAncestors,
  activity,
  activityWeight,
} from '../contract/activity.ts'
import { AppError } from '../contract/app-error.ts'
import { CRUD_MAX, LIFETIMES, type Ttl } from '../contract/limits.ts'
import type { List } from '../contract/list.ts'
import { handlesIn, tagsIn } from '../contract/segments.ts'
import { fits } from '../contract/text.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, query, VIEWER } from '../db/query.ts'
import { absent } from './gone.ts'
import { type Idempotency, once } from './idempotency.ts'
import { isUuid, type Paging, readCursor, toList } from './paging.ts'
import { type Trace, tracesOf } from './traces.ts'

const uuidOnly = z.object({ uuid: z.string() })

export const create = query({
  name: 'activities/create',
  text: createSql,
  params: { ...VIEWER, message: 'text', lifetime: 'integer', tags: 'text[]', handles: 'text[]' },
  row: uuidOnly,
  requiresViewer: true,
})
export const reply = query({
  name: 'activities/reply',
  text: replySql,
  params: {
    ...VIEWER,
    activity_uuid: 'uuid',
    message: 'text',
    lifetime: 'integer?',
    tags: 'text[]',
    handles: 'text[]',
  },
  row: uuidOnly,
  requiresViewer: true,
})
export const replace = query({
  name: 'activities/replace',
  text: replaceSql,
  params: {
    ...VIEWER,
    activity_uuid: 'uuid',
    message: 'text',
    only_reply: 'boolean',
    tags: 'text[]',
    handles: 'text[]',
  },
  row: z.object({ own: z.boolean(), fits: z.boolean(), kept: z.string() }),
  requiresViewer: true,
})
export const card = query({
  name: 'activities/card',
  text: cardSql,
  params: { ...VIEWER, activity_uuid: 'uuid' },
  row: activity,
})
export const weight = query({
  name: 'activities/weight',
  text: weightSql,
  params: { ...VIEWER, activity_uuid: 'uuid' },
  row: z.extend(activityWeight, { own: z.boolean() }),
  requiresViewer: true,
})
export const made = query({ name: 'activities/made', text: madeSql, params: VIEWER, row: activity })
export const show = query({
  name: 'activities/show',
  text: showSql,
  params: { ...VIEWER, activity_uuid: 'uuid' },
  row: activity,
})
export const isLive = query({
  name: 'activities/is_live',
  text: isLiveSql,
  params: { ...VIEWER, activity_uuid: 'uuid' },
  row: z.object({ uuid: z.string(), expires_at: z.string() }),
})
export const replies = query({
  name: 'activities/replies',
  text: repliesSql,
  params: { ...VIEWER, activity_uuid: 'uuid', after: 'uuid?', limit: 'integer' },
  row: activity,
})
export const remove = query({
  name: 'activities/delete',
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

/** What a text holds beside its words, as the writing statements take it. */
const found = (message: string) => ({ tags: tagsIn(message), handles: handlesIn(message) })

/** Makes a crud that lives for `ttl` from now, by the database's clock. */
export async function createActivity(
  db: Db,
  viewer: Viewer,
  { message, ttl }: { message: string; ttl: Ttl },
  key?: Idempotency | undefined,
): Promise<Activity> {
  const row = await once(db, key, async () => {
    const values = { ...asViewer(viewer), message, lifetime: LIFETIMES[ttl], ...found(message) }
    const [, written] = await Promise.all([db.first(create, values), db.first(made, asViewer(viewer))])
    return written
  })
  // Only a replay can find nothing: what was made then has ended.
  if (!row) throw new AppError('gone')
  return row
}

/**
 * Takes back one's own crud and says something else in its place, with the same end; tells what showed the old one, and
 * may go on doing so as a copy. 403 for somebody else's, 404 or 410 when it is not live, 422 for a crud that would be longer than one may be: only a reply may be as long as a reply.
 */
export async function replaceActivity(
  db: Db,
  viewer: Viewer,
  { message, replaces }: { message: string; replaces: string },
  key?: Idempotency | undefined,
): Promise<{ made: Activity; traces: Trace[] }> {
  if (!isUuid(replaces)) throw new AppError('not_found')
  return once(db, key, async () => {
    const only_reply = !fits(message, CRUD_MAX)
    const values = { ...asViewer(viewer), activity_uuid: replaces, message, only_reply, ...found(message) }
    const [before, target, row] = await Promise.all([
      tracesOf(db, viewer, replaces),
      db.first(replace, values),
      db.first(made, asViewer(viewer)),
    ])
    if (row) return { made: row, traces: before }
    if (!target) throw absent(replaces)
    throw new AppError(target.own ? [{ code: 'message_exceed_max_chars', field: 'message' }] : 'not_yours')
  })
}

/** Answers a live crud; the answer ends with it at the latest. 404 or 410 when it is not live: nothing is stored. */
export async function replyTo(
  db: Db,
  viewer: Viewer,
  uuid: string,
  { message, ttl }: { message: string; ttl?: Ttl | undefined },
  key?: Idempotency | undefined,
): Promise<Activity> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  return once(db, key, async () => {
    const lifetime = ttl ? LIFETIMES[ttl] : null
    const values = { ...asViewer(viewer), activity_uuid: uuid, message, lifetime, ...found(message) }
    const [, row] = await Promise.all([db.first(reply, values), db.first(made, asViewer(viewer))])
    if (!row) throw absent(uuid)
    return row
  })
}

/** What is deleted with one's own activity. 404 for anybody else's, 404 or 410 when it is not live. */
export async function weigh(db: Db, viewer: Viewer, uuid: string): Promise<ActivityWeight> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const row = await db.first(weight, { ...asViewer(viewer), activity_uuid: uuid })
  if (!row) throw absent(uuid)
  const { own, ...counts } = row
  if (!own) throw new AppError('not_found')
  return counts
}

/**
 * Puts out one's own live crud with all that hangs on it; tells what showed it, and may go on doing so as a copy.
 * 403 for somebody else's.
 */
export async function deleteActivity(db: Db, viewer: Viewer, uuid: string): Promise<Trace[]> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const [before, target] = await Promise.all([
    tracesOf(db, viewer, uuid),
    db.first(remove, { ...asViewer(viewer), activity_uuid: uuid }),
  ])
  if (!target) throw absent(uuid)
  if (!target.own) throw new AppError('not_yours')
  return before
}
