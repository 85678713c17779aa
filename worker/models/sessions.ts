import * as z from 'zod/mini'
import departedSql from '../../sql/queries/session/departed.sql'
import endAllSql from '../../sql/queries/session/end_all.sql'
import viewerSql from '../../sql/queries/session/viewer.sql'
import { AppError } from '../contract/app-error.ts'
import { type Preferences, preferences } from '../contract/preferences.ts'
import { type User, user } from '../contract/user.ts'
import type { Viewer } from '../contract/viewer.ts'
import { type Db, requireViewer } from '../db/client.ts'
import { query } from '../db/query.ts'
import { assertHandleFree, handleHash } from './handles.ts'
import { check, emailHash } from './password-resets.ts'
import { make } from './users.ts'

export const viewerOf = query({
  name: 'session/viewer',
  text: viewerSql,
  params: { viewer_sub: 'text', viewer_auth_time: 'bigint' },
  row: z.extend(user, { ended: z.boolean(), follows_nobody: z.boolean(), ...preferences.shape }),
})
export const departed = query({
  name: 'session/departed',
  text: departedSql,
  params: { viewer_sub: 'text' },
  row: z.object({ departed: z.boolean() }),
})
export const endAll = query({
  name: 'session/end_all',
  text: endAllSql,
  params: { viewer_sub: 'text' },
  row: z.object({ uuid: z.string() }),
})

/**
 * What a good token stands for: a person, a session that was ended, somebody who has deleted their account, or somebody
 * without a row yet.
 */
export type Standing =
  | { user: User; follows_nobody: boolean; preferences: Preferences }
  | 'ended'
  | 'departed'
  | 'unknown'

/** Answers it; asked in one turn with what was to be done before. */
export async function standingOf(db: Db, { sub, auth_time }: Viewer): Promise<Standing> {
  const [row, gone] = await Promise.all([
    db.first(viewerOf, { viewer_sub: sub, viewer_auth_time: auth_time }),
    db.first(departed, { viewer_sub: sub }),
  ])
  if (gone?.departed) return 'departed'
  if (!row) return 'unknown'
  const { ended, follows_nobody, default_ttl, theme, ...person } = row
  return ended ? 'ended' : { user: person, follows_nobody, preferences: { default_ttl, theme } }
}

/** A person as Cognito describes them; a handle that is missing or malformed is null. */
export type Identity = { sub: string; handle: string | null; display_name: string; email: string }

/**
 * Finds or makes a person's row: it can be neither missed nor doubled, however many first requests come at once.
 * `unknown` means that the handle belongs to somebody else or is reserved, or that there is none.
 * @throws AppError password_reset_required for an account that somebody else may have signed up.
 */
export async function findOrMake(db: Db, secretKey: string, viewer: Viewer, identity: Identity): Promise<Standing> {
  const { sub, handle, display_name, email } = identity
  const email_hash = await emailHash(secretKey, email)
  const handle_hash = await handleHash(secretKey, handle ?? '')
  const { auth_time } = viewer
  const [reset, , standing] = await Promise.all([
    db.first(check, { viewer_sub: sub, viewer_auth_time: auth_time, email_hash }),
    handle === null
      ? undefined
      : db.many(make, { cognito_sub: sub, handle, display_name, email, handle_hash, email_hash, auth_time }),
    standingOf(db, viewer),
  ])
  if (standing === 'departed') return standing
  if (reset?.due) throw new AppError('password_reset_required')
  return reset?.began_before ? 'ended' : standing
}

/**
 * Makes the row of a person who had to choose another handle.
 * @throws AppError handle_taken, with three that are free.
 */
export async function makeWithHandle(
  db: Db,
  secretKey: string,
  viewer: Viewer,
  identity: Identity & { handle: string },
): Promise<User> {
  await assertHandleFree(db, secretKey, identity.handle)
  const standing = await findOrMake(db, secretKey, viewer, identity)
  if (standing === 'ended' || standing === 'departed') throw new AppError('session_ended')
  if (standing !== 'unknown') return standing.user
  // Somebody was quicker between the two: ask again, for suggestions that are free now.
  await assertHandleFree(db, secretKey, identity.handle)
  throw new AppError([{ code: 'handle_taken', field: 'handle' }])
}

/**
 * Checks that the viewer's session has not ended, in a round trip of its own: before what costs more than that.
 * @throws AppError session_ended, or handle_required for somebody without a row.
 */
export async function assertSession(db: Db, { sub, auth_time }: Viewer): Promise<void> {
  await db.first(requireViewer, { viewer_sub: sub, viewer_auth_time: auth_time })
}

/**
 * Ends every session of the viewer. One that has ended must not end those that came after it: whoever stole it may still
 * have its token.
 * @throws AppError session_ended, or handle_required for somebody without a row.
 */
export async function endOwnSessions(db: Db, viewer: Viewer): Promise<void> {
  await Promise.all([assertSession(db, viewer), endAllSessions(db, viewer)])
}

/** Ends every session of somebody who has just proved who they are. */
export async function endAllSessions(db: Db, viewer: Viewer): Promise<void> {
  await db.many(endAll, { viewer_sub: viewer.sub })
}
