import * as z from 'zod/mini'
import freeHandlesSql from '../../sql/queries/users/free_handles.sql'
import makeSql from '../../sql/queries/users/make.sql'
import ownProfileSql from '../../sql/queries/users/own_profile.sql'
import profileSql from '../../sql/queries/users/profile.sql'
import setAvatarSql from '../../sql/queries/users/set_avatar.sql'
import shortSql from '../../sql/queries/users/short.sql'
import updateSql from '../../sql/queries/users/update.sql'
import { AppError } from '../contract/app-error.ts'
import {
  type OwnProfile,
  ownProfile as ownProfileRow,
  type Profile,
  type ProfileChange,
  profile,
  type UserShort,
  userShort,
} from '../contract/user.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, query, VIEWER } from '../db/query.ts'

export const profileByHandle = query({
  name: 'users/profile',
  text: profileSql,
  params: { ...VIEWER, handle: 'text' },
  row: profile,
})
export const short = query({
  name: 'users/short',
  text: shortSql,
  params: { ...VIEWER, handle: 'text' },
  row: userShort,
})
export const freeHandles = query({
  name: 'users/free_handles',
  text: freeHandlesSql,
  params: { handles: 'text[]', hashes: 'text[]' },
  row: z.object({ handle: z.string() }),
})
export const make = query({
  name: 'users/make',
  text: makeSql,
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

export const update = query({
  name: 'users/update',
  text: updateSql,
  params: { ...VIEWER, display_name: 'text?', bio: 'text?', default_ttl: 'text?', theme: 'text?' },
  row: z.object({ handle: z.string() }),
  requiresViewer: true,
})
export const setAvatar = query({
  name: 'users/set_avatar',
  text: setAvatarSql,
  params: { ...VIEWER, avatar_key: 'text?' },
  row: z.object({ uuid: z.string(), avatar_key: z.nullable(z.string()) }),
  requiresViewer: true,
})
export const ownProfile = query({
  name: 'users/own_profile',
  text: ownProfileSql,
  params: VIEWER,
  row: ownProfileRow,
  requiresViewer: true,
})

/** A person's page. 404 for a handle that nobody has. */
export async function showProfile(db: Db, viewer: Viewer | null, handle: string): Promise<Profile> {
  const row = await db.first(profileByHandle, { ...asViewer(viewer), handle })
  if (!row) throw new AppError('not_found')
  return row
}

/** The least about a person. 404 for a handle that nobody has. */
export async function findUser(db: Db, viewer: Viewer | null, handle: string): Promise<UserShort> {
  const row = await db.first(short, { ...asViewer(viewer), handle })
  if (!row) throw new AppError('not_found')
  return row
}

/** One's own page. */
export async function showOwnProfile(db: Db, viewer: Viewer): Promise<OwnProfile> {
  const row = await db.first(ownProfile, asViewer(viewer))
  if (!row) throw new AppError('not_found')
  return row
}

/** One's own page, after a change of what is given; what is not given stays as it is. */
export async function updateProfile(db: Db, viewer: Viewer, change: ProfileChange): Promise<OwnProfile> {
  const { display_name = null, bio = null, default_ttl = null, theme = null } = change
  const [, row] = await Promise.all([
    db.first(update, { ...asViewer(viewer), display_name, bio, default_ttl, theme }),
    db.first(ownProfile, asViewer(viewer)),
  ])
  if (!row) throw new AppError('not_found')
  return row
}

/** Sets the key of one's picture (null: the drawn one). Answers one's uuid, the key before, and the page as it is now. */
export async function changeAvatar(db: Db, viewer: Viewer, avatar_key: string | null) {
  const [before, row] = await Promise.all([
    db.first(setAvatar, { ...asViewer(viewer), avatar_key }),
    db.first(ownProfile, asViewer(viewer)),
  ])
  if (!before || !row) throw new AppError('not_found')
  return { before, profile: row }
}
