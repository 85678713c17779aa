import * as z from 'zod/mini'
import addLikeSql from '../../sql/queries/likes/add.sql'
import likersSql from '../../sql/queries/likes/people.sql'
import removeLikeSql from '../../sql/queries/likes/remove.sql'
import addRepostSql from '../../sql/queries/reposts/add.sql'
import repostersSql from '../../sql/queries/reposts/people.sql'
import removeRepostSql from '../../sql/queries/reposts/remove.sql'
import type { Activity } from '../contract/activity.ts'
import { AppError } from '../contract/app-error.ts'
import type { List } from '../contract/list.ts'
import { type ListedUser, listedUser } from '../contract/user.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, query, VIEWER } from '../db/query.ts'
import { card, isLive } from './activities.ts'
import { absent } from './gone.ts'
import { isUuid, type Paging, readCursor, toPeople } from './paging.ts'

const toggle = (name: string, text: string) =>
  query({
    name,
    text,
    params: { ...VIEWER, activity_uuid: 'uuid' },
    row: z.object({ uuid: z.string() }),
    requiresViewer: true,
  })
const people = (name: string, text: string) =>
  query({
    name,
    text,
    params: { ...VIEWER, activity_uuid: 'uuid', before: 'uuid?', limit: 'integer' },
    row: z.extend(listedUser, { place: z.string() }),
  })

export const addLike = toggle('likes/add', addLikeSql)
export const removeLike = toggle('likes/remove', removeLikeSql)
export const likers = people('likes/people', likersSql)
export const addRepost = toggle('reposts/add', addRepostSql)
export const removeRepost = toggle('reposts/remove', removeRepostSql)
export const reposters = people('reposts/people', repostersSql)

const REACTIONS = {
  like: { add: addLike, remove: removeLike, people: likers },
  repost: { add: addRepost, remove: removeRepost, people: reposters },
}

export type Reaction = keyof typeof REACTIONS

/** Likes or reposts a live crud, or takes that back; idempotent. Answers the crud with its new counts. */
export async function react(
  db: Db,
  viewer: Viewer,
  uuid: string,
  reaction: Reaction,
  change: 'add' | 'remove',
): Promise<Activity> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const values = { ...asViewer(viewer), activity_uuid: uuid }
  const [target, row] = await Promise.all([db.first(REACTIONS[reaction][change], values), db.first(card, values)])
  if (!target || !row) throw absent(uuid)
  return row
}

/** Who has liked or reposted a live crud, the latest first. */
export async function reactors(
  db: Db,
  viewer: Viewer | null,
  uuid: string,
  reaction: Reaction,
  { cursor, limit }: Paging,
): Promise<List<ListedUser>> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  const [before = null] = readCursor(cursor, 1)
  const values = { ...asViewer(viewer), activity_uuid: uuid }
  const [live, rows] = await Promise.all([
    db.first(isLive, values),
    db.many(REACTIONS[reaction].people, { ...values, before, limit: limit + 1 }),
  ])
  if (!live) throw absent(uuid)
  return toPeople(rows, limit)
}
