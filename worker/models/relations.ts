import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import type { List } from '../contract/list.ts'
import {
  type ListedUser,
  listedUser,
  type MutedUser,
  mutedUser,
  type Profile,
  profile,
  type User,
  user,
} from '../contract/user.ts'
import type { Db } from '../db/client.ts'
import { nudged } from '../db/nudged.ts'
import { nudges, readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'
import { type Paging, readCursor, readHandleCursor, toList, toUserList } from './paging.ts'
import { findUser } from './users.ts'

/** A change of a relation. Suspended users may end relations, block and mute, but not begin any other. */
const relation = (name: string, allowsSuspended = true) =>
  writeFunction({
    name,
    params: { viewer_sub: 'text', handle: 'text' },
    row: z.object({ profile }),
    requiresViewer: true,
    allowsSuspended,
  })
const followListFunction = (name: string) =>
  readFunction({
    name,
    params: { viewer_sub: 'text?', owner_handle: 'text', before: 'uuid?', page_size: 'integer' },
    row: listedUser,
  })

export const addFollow = writeFunction({
  name: 'follow_user',
  params: { viewer_sub: 'text', handle: 'text' },
  row: z.object({ profile, nudged }),
  requiresViewer: true,
  nudges,
})
export const removeFollow = relation('unfollow_user')
export const addBlock = relation('block_user')
export const removeBlock = relation('unblock_user')
export const addMute = writeFunction({
  name: 'mute_user',
  params: { viewer_sub: 'text', handle: 'text', seconds: 'integer?' },
  row: z.object({ profile }),
  requiresViewer: true,
  allowsSuspended: true,
})
export const removeMute = relation('unmute_user')
export const removeFollower = relation('remove_follower')
export const acceptRequest = relation('accept_follow_request', false)
export const declineRequest = relation('decline_follow_request')
export const addCircleMember = relation('add_to_circle', false)
export const removeCircleMember = relation('remove_from_circle')
export const readFollowers = followListFunction('read_followers')
export const readFollowing = followListFunction('read_following')
export const readBlockedUsers = readFunction({
  name: 'read_blocked_users',
  params: { viewer_sub: 'text', after: 'text?', page_size: 'integer' },
  row: user,
  requiresViewer: true,
})
export const readFollowRequests = readFunction({
  name: 'read_follow_requests',
  params: { viewer_sub: 'text', before: 'uuid?', page_size: 'integer' },
  row: z.extend(listedUser, { position: z.string() }),
  requiresViewer: true,
})
export const readCircle = readFunction({
  name: 'read_circle',
  params: { viewer_sub: 'text', after: 'text?', page_size: 'integer' },
  row: user,
  requiresViewer: true,
})
export const readMutedUsers = readFunction({
  name: 'read_muted_users',
  params: { viewer_sub: 'text', after: 'text?', page_size: 'integer' },
  row: mutedUser,
  requiresViewer: true,
})

const CHANGES = {
  follow: addFollow,
  unfollow: removeFollow,
  removeFollower,
  acceptRequest,
  declineRequest,
  addToCircle: addCircleMember,
  removeFromCircle: removeCircleMember,
  block: addBlock,
  unblock: removeBlock,
  unmute: removeMute,
}

/**
 * Changes what one user is to another; idempotent. Returns the new profile. @throws AppError not_found, also when the user to
 * accept neither asks nor follows.
 */
export async function changeRelation(
  db: Db,
  viewer: Viewer,
  handle: string,
  change: keyof typeof CHANGES,
): Promise<Profile> {
  return toProfile(await db.writeOne(CHANGES[change], { viewer_sub: viewer.sub, handle }))
}

/** Mutes a user for a number of seconds; null for a mute without end. Returns the new profile. @throws AppError not_found */
export async function mute(db: Db, viewer: Viewer, handle: string, seconds: number | null): Promise<Profile> {
  return toProfile(await db.writeOne(addMute, { viewer_sub: viewer.sub, handle, seconds }))
}

function toProfile(row: { profile: Profile } | undefined): Profile {
  if (!row) throw new AppError('not_found')
  return row.profile
}

const LISTS = { followers: readFollowers, following: readFollowing }

/** Returns a user's followers, or the users they follow. @throws AppError not_found for an unknown handle. */
export async function followList(
  db: Db,
  viewer: Viewer | null,
  handle: string,
  which: keyof typeof LISTS,
  { cursor, limit }: Paging,
): Promise<List<ListedUser>> {
  const [before = null] = readCursor(cursor, 1)
  const [rows] = await Promise.all([
    db.read(LISTS[which], { viewer_sub: viewer?.sub ?? null, owner_handle: handle, before, page_size: limit + 1 }),
    findUser(db, viewer, handle),
  ])
  return toList(rows, limit, (last) => last.uuid)
}

/** Returns the users that the viewer has blocked, by handle. */
export async function blockedUsers(db: Db, viewer: Viewer, { cursor, limit }: Paging): Promise<List<User>> {
  const after = readHandleCursor(cursor)
  const rows = await db.read(readBlockedUsers, { viewer_sub: viewer.sub, after, page_size: limit + 1 })
  return toList(rows, limit, (last) => last.handle)
}

/** Returns the users who ask to follow the viewer, the latest first. */
export async function followRequestsOf(db: Db, viewer: Viewer, { cursor, limit }: Paging): Promise<List<ListedUser>> {
  const [before = null] = readCursor(cursor, 1)
  const rows = await db.read(readFollowRequests, { viewer_sub: viewer.sub, before, page_size: limit + 1 })
  return toUserList(rows, limit)
}

/** Returns the users in the viewer's circle, by handle. */
export async function circleOf(db: Db, viewer: Viewer, { cursor, limit }: Paging): Promise<List<User>> {
  const after = readHandleCursor(cursor)
  const rows = await db.read(readCircle, { viewer_sub: viewer.sub, after, page_size: limit + 1 })
  return toList(rows, limit, (last) => last.handle)
}

/** Returns the users that the viewer has muted, by handle. */
export async function mutedUsers(db: Db, viewer: Viewer, { cursor, limit }: Paging): Promise<List<MutedUser>> {
  const after = readHandleCursor(cursor)
  const rows = await db.read(readMutedUsers, { viewer_sub: viewer.sub, after, page_size: limit + 1 })
  return toList(rows, limit, (last) => last.handle)
}
