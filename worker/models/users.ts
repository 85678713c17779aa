import * as z from 'zod/mini'
import freeHandlesSql from '../../sql/queries/users/free_handles.sql'
import makeSql from '../../sql/queries/users/make.sql'
import profileSql from '../../sql/queries/users/profile.sql'
import shortSql from '../../sql/queries/users/short.sql'
import { AppError } from '../contract/app-error.ts'
import { type Profile, profile, type UserShort, userShort } from '../contract/user.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, query, VIEWER } from '../db/query.ts'

export const profileByHandle = query({ text: profileSql, params: { ...VIEWER, handle: 'text' }, row: profile })
export const short = query({ text: shortSql, params: { handle: 'text' }, row: userShort })
export const freeHandles = query({
  text: freeHandlesSql,
  params: { handles: 'text[]' },
  row: z.object({ handle: z.string() }),
})
export const make = query({
  text: makeSql,
  params: { cognito_sub: 'text', handle: 'text', display_name: 'text', email: 'text' },
  row: z.object({ uuid: z.string() }),
})

/** A person's page. 404 for a handle that nobody has. */
export async function showProfile(db: Db, viewer: Viewer | null, handle: string): Promise<Profile> {
  const row = await db.first(profileByHandle, { ...asViewer(viewer), handle })
  if (!row) throw new AppError('not_found')
  return row
}

/** The least about a person. 404 for a handle that nobody has. */
export async function findUser(db: Db, handle: string): Promise<UserShort> {
  const row = await db.first(short, { handle })
  if (!row) throw new AppError('not_found')
  return row
}
