import * as z from 'zod/mini'
import beginSql from '../../sql/queries/session/begin.sql'
import endSql from '../../sql/queries/session/end.sql'
import endAllSql from '../../sql/queries/session/end_all.sql'
import endKnownSql from '../../sql/queries/session/end_known.sql'
import stateSql from '../../sql/queries/session/state.sql'
import viewerSql from '../../sql/queries/session/viewer.sql'
import { AppError } from '../contract/app-error.ts'
import { type Preferences, preferences } from '../contract/preferences.ts'
import { type User, user } from '../contract/user.ts'
import type { Viewer } from '../contract/viewer.ts'
import { checkSession, type Db } from '../db/client.ts'
import { query } from '../db/query.ts'
import { assertHandleFree, handleHash } from './handles.ts'
import { check, emailHash } from './password-resets.ts'
import { make } from './users.ts'

export const viewerOf = query({
  name: 'session/viewer',
  text: viewerSql,
  params: { sub: 'text' },
  row: z.extend(user, { follows_nobody: z.boolean(), ...preferences.shape }),
})
export const stateOf = query({
  name: 'session/state',
  text: stateSql,
  params: { sub: 'text', auth_time: 'bigint', session_hash: 'text' },
  row: z.object({ departed: z.boolean(), ended: z.boolean() }),
})
export const begin = query({
  name: 'session/begin',
  text: beginSql,
  params: {
    sub: 'text',
    auth_time: 'bigint',
    session_hash: 'text',
    browser: 'text',
    replaced_hash: 'text?',
    sealed_refresh_token: 'text?',
  },
  row: z.object({ uuid: z.string() }),
})
export const end = query({
  name: 'session/end',
  text: endSql,
  params: { session_hash: 'text', sub: 'text?', browser: 'text', sealed_refresh_token: 'text?' },
  row: z.object({ user_uuid: z.nullable(z.string()) }),
})
export const endAll = query({
  name: 'session/end_all',
  text: endAllSql,
  params: { sub: 'text' },
  row: z.object({ uuid: z.string() }),
})
export const endKnown = query({
  name: 'session/end_known',
  text: endKnownSql,
  params: { sub: 'text' },
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
export async function standingOf(db: Db, { sub, auth_time, session_hash }: Viewer): Promise<Standing> {
  const [row, state] = await Promise.all([
    db.first(viewerOf, { sub }),
    db.first(stateOf, { sub, auth_time, session_hash }),
  ])
  if (state?.departed) return 'departed'
  if (state?.ended) return 'ended'
  if (!row) return 'unknown'
  const { follows_nobody, default_ttl, theme, ...person } = row
  return { user: person, follows_nobody, preferences: { default_ttl, theme } }
}

/** A person as Cognito describes them; a handle that is missing or malformed is null. */
export type Identity = { sub: string; handle: string | null; display_name: string; email: string }

/** The browser in which a session begins, and the session that it held before (with its refresh token, sealed). */
export type Beginning = { browser: string; replaced_hash: string | null; sealed_refresh_token: string | null }

/**
 * Finds or makes a person's row, and the row of the session that begins, if one does. A person can be neither missed nor
 * doubled, however many first requests come at once. `unknown` means that the handle belongs to somebody else or is reserved,
 * or that there is none.
 * @throws AppError password_reset_required for an account that somebody else may have signed up.
 */
export async function findOrMake(
  db: Db,
  secretKey: string,
  viewer: Viewer,
  identity: Identity,
  beginning?: Beginning,
): Promise<Standing> {
  const { sub, handle, display_name, email } = identity
  const email_hash = await emailHash(secretKey, email)
  const handle_hash = await handleHash(secretKey, handle ?? '')
  const { auth_time } = viewer
  const [reset, , , standing] = await Promise.all([
    db.first(check, { sub, auth_time, email_hash }),
    handle === null
      ? undefined
      : db.many(make, { cognito_sub: sub, handle, display_name, email, handle_hash, email_hash, auth_time }),
    beginning && db.many(begin, { ...viewer, ...beginning }),
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

/** A session as its cookies or its token name it. `sub` is null where only the cookie tells of it. */
export type NamedSession = { session_hash: string; sub: string | null }

/** Ends one session. Its refresh token, sealed, is kept until Cognito has revoked it. */
export async function endSession(
  db: Db,
  { session_hash, sub }: NamedSession,
  browser: string,
  sealed_refresh_token: string | null,
): Promise<void> {
  await db.many(end, { session_hash, sub, browser, sealed_refresh_token })
}

/**
 * Checks that the viewer's session has not ended, in a round trip of its own: before what costs more than that.
 * @throws AppError session_ended, or handle_required for somebody without a row.
 */
export async function assertSession(db: Db, viewer: Viewer, browser: string): Promise<void> {
  await db.first(checkSession, { ...viewer, browser, is_required: true })
}

/**
 * Ends every session of the viewer. One that has ended must not end those that came after it: whoever stole it may still
 * have its token.
 * @throws AppError session_ended, or handle_required for somebody without a row.
 */
export async function endOwnSessions(db: Db, viewer: Viewer, browser: string): Promise<void> {
  await Promise.all([assertSession(db, viewer, browser), endAllSessions(db, viewer)])
}

/** Ends every session of somebody who has just proved who they are. */
export async function endAllSessions(db: Db, { sub }: Viewer): Promise<void> {
  await Promise.all([db.many(endAll, { sub }), db.many(endKnown, { sub })])
}
