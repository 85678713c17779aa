import * as z from 'zod/mini'
import { type StoredActivity, storedActivity } from '../contract/activity.ts'
import { AppError } from '../contract/app-error.ts'
import type { List } from '../contract/list.ts'
import { type ListedUser, listedUser } from '../contract/user.ts'
import type { Db } from '../db/client.ts'
import { nudged } from '../db/nudged.ts'
import { nudges, readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'
import { readVisibility } from './activities.ts'
import { notFoundOrGone, orNotFoundOrGone } from './not-found-or-gone.ts'
import { isUuid, type Paging, readCursor, toUserList } from './paging.ts'

const reactionFunction = (name: string, allowsSuspended = false) =>
  writeFunction({
    name,
    params: { viewer_sub: 'text', activity_uuid: 'uuid' },
    // Removals return no `nudged`.
    row: z.object({ activity: storedActivity, nudged: z.optional(nudged) }),
    requiresViewer: true,
    allowsSuspended,
    nudges,
    expiresAt: (row) => row.activity.expires_at,
  })
const reactorsFunction = (name: string) =>
  readFunction({
    name,
    params: { viewer_sub: 'text?', activity_uuid: 'uuid', before: 'uuid?', page_size: 'integer' },
    row: z.extend(listedUser, { position: z.string() }),
  })

export const addLike = reactionFunction('like_activity')
export const removeLike = reactionFunction('unlike_activity', true)
export const readLikers = reactorsFunction('read_likers')
export const addRepost = reactionFunction('repost_activity')
export const removeRepost = reactionFunction('unrepost_activity', true)
export const readReposters = reactorsFunction('read_reposters')

const REACTIONS = {
  like: { add: addLike, remove: removeLike, people: readLikers },
  repost: { add: addRepost, remove: removeRepost, people: readReposters },
}

export type Reaction = keyof typeof REACTIONS

/** Adds or removes a like or repost; idempotent. Returns the activity with its new counts. */
export async function react(
  db: Db,
  viewer: Viewer,
  uuid: string,
  reaction: Reaction,
  change: 'add' | 'remove',
): Promise<StoredActivity> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const values = { viewer_sub: viewer.sub, activity_uuid: uuid }
  const row = await orNotFoundOrGone(uuid, db.writeOne(REACTIONS[reaction][change], values))
  if (!row) throw notFoundOrGone(uuid)
  return row.activity
}

/** Returns the users who liked or reposted an activity, latest first. */
export async function reactors(
  db: Db,
  viewer: Viewer | null,
  uuid: string,
  reaction: Reaction,
  { cursor, limit }: Paging,
): Promise<List<ListedUser>> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const [before = null] = readCursor(cursor, 1)
  const viewer_sub = viewer?.sub ?? null
  const values = { viewer_sub, activity_uuid: uuid, before, page_size: limit + 1 }
  const [visible, rows] = await Promise.all([
    db.readOne(readVisibility, { viewer_sub, activity_uuid: uuid }),
    db.read(REACTIONS[reaction].people, values),
  ])
  if (!visible) throw notFoundOrGone(uuid)
  return toUserList(rows, limit)
}
