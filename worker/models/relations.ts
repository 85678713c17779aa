import * as z from 'zod/mini'
import addBlockSql from '../../sql/queries/blocks/add.sql'
import blockedSql from '../../sql/queries/blocks/list.sql'
import lockSql from '../../sql/queries/blocks/lock.sql'
import removeBlockSql from '../../sql/queries/blocks/remove.sql'
import addFollowSql from '../../sql/queries/follows/add.sql'
import followersSql from '../../sql/queries/follows/followers.sql'
import followingSql from '../../sql/queries/follows/following.sql'
import removeFollowSql from '../../sql/queries/follows/remove.sql'
import addMuteSql from '../../sql/queries/mutes/add.sql'
import mutedSql from '../../sql/queries/mutes/list.sql'
import removeMuteSql from '../../sql/queries/mutes/remove.sql'
import { AppError } from '../contract/app-error.ts'
import type { List } from '../contract/list.ts'
import {
  type ListedUser,
  listedUser,
  type MutedUser,
  mutedUser,
  type Profile,
  type User,
  user,
} from '../contract/user.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, query, VIEWER } from '../db/query.ts'
import { type Paging, readCursor, readHandleCursor, toList } from './paging.ts'
import { findUser, profileByHandle } from './users.ts'

const relation = (name: string, text: string) =>
  query({
    name,
    text,
    params: { ...VIEWER, handle: 'text' },
    row: z.object({ uuid: z.string() }),
    requiresViewer: true,
  })
const people = (name: string, text: string) =>
  query({ name, text, params: { ...VIEWER, handle: 'text', before: 'uuid?', limit: 'integer' }, row: listedUser })

export const lockPair = relation('blocks/lock', lockSql)
export const addFollow = relation('follows/add', addFollowSql)
export const removeFollow = relation('follows/remove', removeFollowSql)
export const addBlock = relation('blocks/add', addBlockSql)
export const removeBlock = relation('blocks/remove', removeBlockSql)
export const removeMute = relation('mutes/remove', removeMuteSql)
export const addMute = query({
  name: 'mutes/add',
  text: addMuteSql,
  params: { ...VIEWER, handle: 'text', seconds: 'integer?' },
  row: z.object({ uuid: z.string() }),
  requiresViewer: true,
})
export const followers = people('follows/followers', followersSql)
export const following = people('follows/following', followingSql)
const BY_HANDLE = { ...VIEWER, after: 'text?', limit: 'integer' } as const
export const blocked = query({
  name: 'blocks/list',
  text: blockedSql,
  params: BY_HANDLE,
  row: user,
  requiresViewer: true,
})
export const muted = query({
  name: 'mutes/list',
  text: mutedSql,
  params: BY_HANDLE,
  row: mutedUser,
  requiresViewer: true,
})

/** Statements that change what one person is to another. */
const CHANGES = { follow: addFollow, unfollow: removeFollow, block: addBlock }

/** Follows or blocks a person, or follows them no more; idempotent. Answers their profile as it is now. */
export async function relate(db: Db, viewer: Viewer, handle: string, change: keyof typeof CHANGES): Promise<Profile> {
  const values = { ...asViewer(viewer), handle }
  const locked = db.many(lockPair, values)
  const [profile] = await Promise.all([withProfile(db, viewer, handle, db.first(CHANGES[change], values)), locked])
  return profile
}

/**
 * Takes a block back. Answers their profile as it is now; where they have blocked the viewer too it is 404 from here on, and
 * this answer is the last to show it.
 */
export async function unblock(db: Db, viewer: Viewer, handle: string): Promise<Profile> {
  const values = { ...asViewer(viewer), handle }
  const [, before, , after] = await Promise.all([
    db.many(lockPair, values),
    db.first(profileByHandle, values),
    db.first(removeBlock, values),
    db.first(profileByHandle, values),
  ])
  if (after) return after
  if (!before) throw new AppError('not_found')
  return { ...before, viewer: before.viewer && { ...before.viewer, blocking: false } }
}

/** Mutes a person for so many seconds (null: until taken back). Answers their profile as it is now. */
export async function mute(db: Db, viewer: Viewer, handle: string, seconds: number | null): Promise<Profile> {
  return withProfile(db, viewer, handle, db.first(addMute, { ...asViewer(viewer), handle, seconds }))
}

export async function unmute(db: Db, viewer: Viewer, handle: string): Promise<Profile> {
  return withProfile(db, viewer, handle, db.first(removeMute, { ...asViewer(viewer), handle }))
}

async function withProfile(
  db: Db,
  viewer: Viewer,
  handle: string,
  changed: Promise<{ uuid: string } | undefined>,
): Promise<Profile> {
  const [target, profile] = await Promise.all([changed, db.first(profileByHandle, { ...asViewer(viewer), handle })])
  if (!target || !profile) throw new AppError('not_found')
  return profile
}

const LISTS = { followers, following }

/** Who follows a person, or whom they follow. 404 for a handle that nobody has. */
export async function followList(
  db: Db,
  viewer: Viewer | null,
  handle: string,
  which: keyof typeof LISTS,
  { cursor, limit }: Paging,
): Promise<List<ListedUser>> {
  const [before = null] = readCursor(cursor, 1)
  const [rows] = await Promise.all([
    db.many(LISTS[which], { ...asViewer(viewer), handle, before, limit: limit + 1 }),
    findUser(db, viewer, handle),
  ])
  return toList(rows, limit, (last) => last.uuid)
}

/** Whom the viewer has blocked, by handle. */
export async function blockedPeople(db: Db, viewer: Viewer, { cursor, limit }: Paging): Promise<List<User>> {
  const rows = await db.many(blocked, { ...asViewer(viewer), after: readHandleCursor(cursor), limit: limit + 1 })
  return toList(rows, limit, (last) => last.handle)
}

/** Whom the viewer has muted, by handle. */
export async function mutedPeople(db: Db, viewer: Viewer, { cursor, limit }: Paging): Promise<List<MutedUser>> {
  const rows = await db.many(muted, { ...asViewer(viewer), after: readHandleCursor(cursor), limit: limit + 1 })
  return toList(rows, limit, (last) => last.handle)
}
