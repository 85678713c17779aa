import * as z from 'zod/mini'
import { type ActivityWeight, activityWeight, type StoredActivity, storedActivity } from '../contract/activity.ts'
import { AppError } from '../contract/app-error.ts'
import type { Audience, WhoCanReply } from '../contract/audience.ts'
import type { AttachedImage } from '../contract/image.ts'
import { CRUD_MAX } from '../contract/limits.ts'
import { handlesIn, tagsIn } from '../contract/linkify.ts'
import type { List } from '../contract/list.ts'
import { fits } from '../contract/text.ts'
import { TTL_SECONDS, type Ttl } from '../contract/ttl.ts'
import type { Db } from '../db/client.ts'
import { nudged } from '../db/nudged.ts'
import { nudges, readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'
import { type Idempotency, keyValues } from './idempotency.ts'
import { imageValues } from './images.ts'
import { notFoundOrGone, orNotFoundOrGone } from './not-found-or-gone.ts'
import { isUuid, type Paging, readCursor, toList } from './paging.ts'
import { type PurgeTarget, purgeTarget } from './purge-targets.ts'

const card = z.object({ activity: storedActivity })
const newCard = z.extend(card, { nudged })
const expiresAt = (row: { activity: StoredActivity }) => row.activity.expires_at
const IMAGES = { image_uuids: 'uuid[]', alts: 'text[]' } as const
const REPLAY = { key_hash: 'text?', body_mac: 'text?' } as const

export const readActivity = readFunction({
  name: 'read_activity',
  params: { viewer_sub: 'text?', activity_uuid: 'uuid' },
  row: z.object({
    activity: z.nullable(storedActivity),
    replaced_by: z.nullable(z.object({ uuid: z.string(), handle: z.string() })),
    expires_at: z.string(),
  }),
  expiresAt: (row) => row.expires_at,
})
export const readVisibility = readFunction({
  name: 'read_visibility',
  params: { viewer_sub: 'text?', activity_uuid: 'uuid' },
  row: z.object({ uuid: z.string(), expires_at: z.string() }),
  expiresAt: (row) => row.expires_at,
})
export const readReplies = readFunction({
  name: 'read_replies',
  params: { viewer_sub: 'text?', activity_uuid: 'uuid', after: 'uuid?', page_size: 'integer', max_depth: 'integer' },
  row: z.object({ activity: storedActivity, position: z.string(), depth: z.number() }),
  expiresAt,
})
export const createActivityFunction = writeFunction({
  name: 'create_activity',
  params: {
    viewer_sub: 'text',
    message: 'text',
    ttl_seconds: 'integer',
    audience: 'text?',
    who_can_reply: 'text?',
    warning: 'text?',
    tags: 'text[]',
    handles: 'text[]',
    ...IMAGES,
    ...REPLAY,
  },
  row: newCard,
  requiresViewer: true,
  nudges,
  expiresAt,
})
export const createReply = writeFunction({
  name: 'create_reply',
  params: {
    viewer_sub: 'text',
    activity_uuid: 'uuid',
    message: 'text',
    ttl_seconds: 'integer?',
    warning: 'text?',
    tags: 'text[]',
    handles: 'text[]',
    ...IMAGES,
    ...REPLAY,
  },
  row: newCard,
  requiresViewer: true,
  nudges,
  expiresAt,
})
export const replaceActivityFunction = writeFunction({
  name: 'replace_activity',
  params: {
    viewer_sub: 'text',
    activity_uuid: 'uuid',
    message: 'text',
    only_reply: 'boolean',
    warning: 'text?',
    tags: 'text[]',
    handles: 'text[]',
    ...REPLAY,
  },
  row: z.extend(newCard, { purge_targets: z.array(purgeTarget), image_uuids: z.array(z.string()) }),
  requiresViewer: true,
  nudges,
  expiresAt,
})
export const setWhoCanReplyFunction = writeFunction({
  name: 'set_who_can_reply',
  params: { viewer_sub: 'text', activity_uuid: 'uuid', who_can_reply: 'text' },
  row: card,
  requiresViewer: true,
  expiresAt,
})
export const readDeletionImpact = readFunction({
  name: 'read_deletion_impact',
  params: { viewer_sub: 'text', activity_uuid: 'uuid' },
  row: z.extend(activityWeight, { is_own: z.boolean() }),
  requiresViewer: true,
})
export const deleteActivityFunction = writeFunction({
  name: 'delete_activity',
  params: { viewer_sub: 'text', activity_uuid: 'uuid' },
  row: z.object({ purge_targets: z.array(purgeTarget), image_uuids: z.array(z.string()) }),
  requiresViewer: true,
  allowsSuspended: true,
})

/**
 * Returns an activity with its ancestors, root first. @throws AppError not_found or gone if the viewer may not see it; gone with
 * `replaced_by` if it was rewritten and the viewer may see the new version.
 */
export async function showActivity(
  db: Db,
  viewer: Viewer | null,
  uuid: string,
): Promise<StoredActivity & { ancestors: StoredActivity[] }> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const rows = await db.read(readActivity, { viewer_sub: viewer?.sub ?? null, activity_uuid: uuid })
  const replacedBy = rows[0]?.replaced_by
  if (replacedBy) throw new AppError([{ code: 'gone', replaced_by: replacedBy }])
  const ancestors = rows.flatMap((row) => row.activity ?? [])
  const shown = ancestors.pop()
  if (!shown) throw notFoundOrGone(uuid)
  return { ...shown, ancestors }
}

/**
 * Returns replies to an activity, oldest first, each followed by its own replies down to `depth` (1: without). `limit` counts
 * direct replies only. @throws AppError not_found or gone if the viewer may not see the activity.
 */
export async function repliesOf(
  db: Db,
  viewer: Viewer | null,
  uuid: string,
  { cursor, limit, depth }: Paging & { depth: number },
): Promise<List<StoredActivity>> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const [after = null] = readCursor(cursor, 1)
  const values = { viewer_sub: viewer?.sub ?? null, activity_uuid: uuid }
  const [visible, rows] = await Promise.all([
    db.readOne(readVisibility, values),
    db.read(readReplies, { ...values, after, page_size: limit + 1, max_depth: depth }),
  ])
  if (!visible) throw notFoundOrGone(uuid)
  const direct = rows.filter((row) => row.depth === 1)
  const { next_cursor } = toList(direct, limit, (last) => last.position)
  const nextPage = direct[limit]
  const shown = nextPage ? rows.slice(0, rows.indexOf(nextPage)) : rows
  return { data: shown.map((row) => row.activity), next_cursor }
}

/** Returns the tags and mentioned handles of a text. */
const tagsAndHandles = (message: string) => ({ tags: tagsIn(message), handles: handlesIn(message) })

/** What a deletion leaves to be done: pages to purge, and images whose objects to remove. */
export type Deleted = { purgeTargets: PurgeTarget[]; imageUuids: string[] }

/** Fields of a new top-level activity (newActivity in the contract). */
type NewActivity = {
  message: string
  ttl: Ttl
  audience?: Audience | undefined
  who_can_reply?: WhoCanReply | undefined
  warning?: string | undefined
  images?: AttachedImage[] | undefined
}

/**
 * Creates an activity. @throws AppError mention_missing if the author's default audience is `mentioned` and the text mentions nobody;
 * gone if the activity created with this idempotency key has expired.
 */
export async function createActivity(
  db: Db,
  viewer: Viewer,
  { message, ttl, audience, who_can_reply, warning, images }: NewActivity,
  key?: Idempotency | undefined,
): Promise<StoredActivity> {
  const row = await db.writeOne(createActivityFunction, {
    viewer_sub: viewer.sub,
    message,
    ttl_seconds: TTL_SECONDS[ttl],
    audience: audience ?? null,
    who_can_reply: who_can_reply ?? null,
    warning: warning ?? null,
    ...tagsAndHandles(message),
    ...imageValues(images),
    ...keyValues(key),
  })
  if (!row) throw new AppError('gone')
  return row.activity
}

/**
 * Deletes the viewer's own activity and creates another with the same parent and expiry. The new one keeps the images. Also
 * returns the pages to purge, and the images that were deleted with the replies.
 * @throws AppError not_yours; not_found, gone if the viewer may not see it; message_exceed_max_chars for a top-level activity
 * that is as long as a reply.
 */
export async function replaceActivity(
  db: Db,
  viewer: Viewer,
  { message, replaces, warning }: { message: string; replaces: string; warning?: string | null | undefined },
  key?: Idempotency | undefined,
): Promise<Deleted & { activity: StoredActivity }> {
  if (!isUuid(replaces)) throw new AppError('not_found')
  const written = db.writeOne(replaceActivityFunction, {
    viewer_sub: viewer.sub,
    activity_uuid: replaces,
    message,
    only_reply: !fits(message, CRUD_MAX),
    warning: warning === null ? '' : (warning ?? null),
    ...tagsAndHandles(message),
    ...keyValues(key),
  })
  const row = await orNotFoundOrGone(replaces, written)
  if (!row) throw new AppError('gone')
  return { activity: row.activity, purgeTargets: row.purge_targets, imageUuids: row.image_uuids }
}

/**
 * Creates a reply; it expires with its parent at the latest. @throws AppError not_found, gone if the parent is not visible;
 * reply_not_allowed.
 */
export async function replyTo(
  db: Db,
  viewer: Viewer,
  uuid: string,
  {
    message,
    ttl,
    warning,
    images,
  }: {
    message: string
    ttl?: Ttl | undefined
    warning?: string | undefined
    images?: AttachedImage[] | undefined
  },
  key?: Idempotency | undefined,
): Promise<StoredActivity> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const written = db.writeOne(createReply, {
    viewer_sub: viewer.sub,
    activity_uuid: uuid,
    message,
    ttl_seconds: ttl ? TTL_SECONDS[ttl] : null,
    warning: warning ?? null,
    ...tagsAndHandles(message),
    ...imageValues(images),
    ...keyValues(key),
  })
  const row = await orNotFoundOrGone(uuid, written)
  if (!row) throw new AppError('gone')
  return row.activity
}

/**
 * Sets who may reply from now on in the thread of the viewer's own activity. @throws AppError not_found, gone if it is not visible;
 * not_yours; not_top_level for a reply.
 */
export async function setWhoCanReply(
  db: Db,
  viewer: Viewer,
  uuid: string,
  who_can_reply: WhoCanReply,
): Promise<StoredActivity> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const values = { viewer_sub: viewer.sub, activity_uuid: uuid, who_can_reply }
  const row = await orNotFoundOrGone(uuid, db.writeOne(setWhoCanReplyFunction, values))
  if (!row) throw notFoundOrGone(uuid)
  return row.activity
}

/** Returns what is deleted with the viewer's own activity. @throws AppError not_found, also for another user's; gone. */
export async function showDeletionImpact(db: Db, viewer: Viewer, uuid: string): Promise<ActivityWeight> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const row = await db.readOne(readDeletionImpact, { viewer_sub: viewer.sub, activity_uuid: uuid })
  if (!row) throw notFoundOrGone(uuid)
  const { is_own, ...counts } = row
  if (!is_own) throw new AppError('not_found')
  return counts
}

/**
 * Deletes the viewer's own activity with all its replies.
 * @throws AppError not_yours; not_found, gone if the viewer may not see it.
 */
export async function deleteActivity(db: Db, viewer: Viewer, uuid: string): Promise<Deleted> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const row = await orNotFoundOrGone(
    uuid,
    db.writeOne(deleteActivityFunction, { viewer_sub: viewer.sub, activity_uuid: uuid }),
  )
  return { purgeTargets: row?.purge_targets ?? [], imageUuids: row?.image_uuids ?? [] }
}
