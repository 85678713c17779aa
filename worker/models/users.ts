import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import { preferences } from '../contract/preferences.ts'
import {
  type OwnProfile,
  type Profile,
  type ProfileChange,
  profile,
  type UserShort,
  userShort,
} from '../contract/user.ts'
import type { Db } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'

export const readProfile = readFunction({
  name: 'read_profile',
  params: { viewer_sub: 'text?', handle: 'text' },
  row: z.object({ profile }),
})
export const readUser = readFunction({
  name: 'read_user',
  params: { viewer_sub: 'text?', handle: 'text' },
  row: z.object({ user: userShort }),
})
export const findFreeHandles = readFunction({
  name: 'find_free_handles',
  params: { handles: 'text[]', hashes: 'text[]' },
  row: z.object({ handle: z.string() }),
})
export const findTakenEmail = readFunction({
  name: 'find_taken_email',
  params: { email: 'text' },
  row: z.object({ uuid: z.string() }),
})
export const createUser = writeFunction({
  name: 'create_user',
  params: {
    cognito_sub: 'text',
    handle: 'text',
    display_name: 'text',
    email: 'text',
    handle_hash: 'text',
    email_hash: 'text',
    auth_time: 'bigint?',
  },
  row: z.object({ uuid: z.string() }),
})

const ownProfileRow = z.object({ profile, preferences })

export const updateProfileFunction = writeFunction({
  name: 'update_profile',
  params: {
    viewer_sub: 'text',
    display_name: 'text?',
    bio: 'text?',
    banner_color: 'text?',
    default_ttl: 'text?',
    default_audience: 'text?',
    approves_followers: 'boolean?',
    alt_required: 'boolean?',
    open_warnings: 'boolean?',
    theme: 'text?',
  },
  row: ownProfileRow,
  requiresViewer: true,
})
export const setAvatar = writeFunction({
  name: 'set_avatar',
  params: { viewer_sub: 'text', avatar_key: 'text?' },
  row: z.extend(ownProfileRow, { previous_avatar_key: z.nullable(z.string()) }),
  requiresViewer: true,
})
export const readOwnProfile = readFunction({
  name: 'read_own_profile',
  params: { viewer_sub: 'text' },
  row: ownProfileRow,
  requiresViewer: true,
})

/** Returns a user's profile. @throws AppError not_found for an unknown handle. */
export async function showProfile(db: Db, viewer: Viewer | null, handle: string): Promise<Profile> {
  const row = await db.readOne(readProfile, { viewer_sub: viewer?.sub ?? null, handle })
  if (!row) throw new AppError('not_found')
  return row.profile
}

/** Returns a user's uuid and names. @throws AppError not_found for an unknown handle. */
export async function findUser(db: Db, viewer: Viewer | null, handle: string): Promise<UserShort> {
  const row = await db.readOne(readUser, { viewer_sub: viewer?.sub ?? null, handle })
  if (!row) throw new AppError('not_found')
  return row.user
}

function toOwnProfile({ is_moderator }: Viewer, row: z.infer<typeof ownProfileRow> | undefined): OwnProfile {
  if (!row) throw new AppError('not_found')
  return { ...row.profile, ...row.preferences, is_moderator }
}

/** Returns the viewer's own profile. */
export async function showOwnProfile(db: Db, viewer: Viewer): Promise<OwnProfile> {
  return toOwnProfile(viewer, await db.readOne(readOwnProfile, { viewer_sub: viewer.sub }))
}

/** Changes the given fields of the viewer's profile; without approval, waiting requests become follows. Returns the new profile. */
export async function updateProfile(db: Db, viewer: Viewer, change: ProfileChange): Promise<OwnProfile> {
  const values = {
    viewer_sub: viewer.sub,
    display_name: change.display_name ?? null,
    bio: change.bio ?? null,
    banner_color: change.banner_color ?? null,
    default_ttl: change.default_ttl ?? null,
    default_audience: change.default_audience ?? null,
    approves_followers: change.approves_followers ?? null,
    alt_required: change.alt_required ?? null,
    open_warnings: change.open_warnings ?? null,
    theme: change.theme ?? null,
  }
  return toOwnProfile(viewer, await db.writeOne(updateProfileFunction, values))
}

/** Sets the viewer's avatar; null for the generated one. Returns the previous key and the new profile. */
export async function changeAvatar(db: Db, viewer: Viewer, avatar_key: string | null) {
  const row = await db.writeOne(setAvatar, { viewer_sub: viewer.sub, avatar_key })
  return { previousKey: row?.previous_avatar_key ?? null, profile: toOwnProfile(viewer, row) }
}
