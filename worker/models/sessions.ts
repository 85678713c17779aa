import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import { type Preferences, preferences } from '../contract/preferences.ts'
import { type User, user } from '../contract/user.ts'
import { checkSession, type Db } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'
import { assertHandleFree, handleHash } from './handles.ts'
import { emailHash } from './password-resets.ts'

const sessionStateRow = z.object({
  problem: z.nullable(z.enum(['deleted', 'ended', 'unknown'])),
  account: z.nullable(z.object({ user, follows_nobody: z.boolean(), preferences })),
})
const TOKEN = { sub: 'text', auth_time: 'bigint', session_hash: 'text' } as const

export const readSessionStateFunction = readFunction({
  name: 'read_session_state',
  params: TOKEN,
  row: sessionStateRow,
})
export const signInFunction = writeFunction({
  name: 'sign_in',
  params: {
    ...TOKEN,
    handle: 'text?',
    display_name: 'text',
    email: 'text',
    handle_hash: 'text',
    email_hash: 'text',
    browser: 'text?',
    replaced_hash: 'text?',
    sealed_refresh_token: 'text?',
  },
  row: sessionStateRow,
})
export const endSessionFunction = writeFunction({
  name: 'end_session',
  params: { session_hash: 'text', sub: 'text?', browser: 'text', sealed_refresh_token: 'text?' },
  row: z.object({ user_uuid: z.nullable(z.string()) }),
})
export const endAllSessionsFunction = writeFunction({
  name: 'end_all_sessions',
  params: { sub: 'text' },
  row: z.object({ user_uuid: z.string(), known_since: z.number() }),
})
export const endOwnSessionsFunction = writeFunction({
  name: 'end_own_sessions',
  params: { viewer_sub: 'text' },
  row: z.object({}),
  requiresViewer: true,
  allowsSuspended: true,
})

/**
 * The state of a valid token's session: the user, or 'ended', 'deleted' (the account), 'unknown' (the user has no row yet).
 */
export type SessionState =
  | { user: User; follows_nobody: boolean; preferences: Preferences }
  | 'ended'
  | 'deleted'
  | 'unknown'

function toSessionState(row: z.infer<typeof sessionStateRow> | undefined): SessionState {
  const state = row?.account ?? row?.problem
  if (!state) throw new AppError('internal')
  return state
}

/** Returns the state of a token's session. */
export async function readSessionState(db: Db, { sub, auth_time, session_hash }: Viewer): Promise<SessionState> {
  return toSessionState(await db.readOne(readSessionStateFunction, { sub, auth_time, session_hash }))
}

/** A user as known to Cognito; `handle` is null if it is missing or malformed. */
export type Identity = { sub: string; handle: string | null; display_name: string; email: string }

/** A new session's browser, and the session that it replaces there, with its sealed refresh token. */
export type NewSession = { browser: string; replaced_hash: string | null; sealed_refresh_token: string | null }

/**
 * Finds or creates a user's row and, with `newSession`, that session's row. Safe for concurrent first requests. Returns
 * 'unknown' if the handle is missing, taken or reserved.
 * @throws AppError password_reset_required for an account that someone else may have signed up.
 */
export async function findOrCreateUser(
  db: Db,
  secretKey: string,
  viewer: Viewer,
  identity: Identity,
  newSession?: NewSession,
): Promise<SessionState> {
  const { sub, handle, display_name, email } = identity
  const email_hash = await emailHash(secretKey, email)
  const handle_hash = await handleHash(secretKey, handle ?? '')
  const { auth_time, session_hash } = viewer
  const session = newSession ?? { browser: null, replaced_hash: null, sealed_refresh_token: null }
  const user = { handle, display_name, email, handle_hash, email_hash }
  return toSessionState(await db.writeOne(signInFunction, { sub, auth_time, session_hash, ...user, ...session }))
}

/**
 * Creates the row of a user who had to choose another handle.
 * @throws AppError handle_reserved or handle_taken, with up to three free handles as suggestions.
 */
export async function createUserWithHandle(
  db: Db,
  secretKey: string,
  viewer: Viewer,
  identity: Identity & { handle: string },
): Promise<User> {
  await assertHandleFree(db, secretKey, identity.handle)
  const state = await findOrCreateUser(db, secretKey, viewer, identity)
  if (state === 'ended' || state === 'deleted') throw new AppError('session_ended')
  if (state !== 'unknown') return state.user
  // The handle was taken meanwhile: check again, for new suggestions.
  await assertHandleFree(db, secretKey, identity.handle)
  throw new AppError([{ code: 'handle_taken', field: 'handle' }])
}

/** A session by its hash. `sub` is null if only the signed cookie is left, without a valid token. */
export type NamedSession = { session_hash: string; sub: string | null }

/** Ends one session. Stores its sealed refresh token until Cognito has revoked it. Returns the user's uuid, null if unknown. */
export async function endSession(
  db: Db,
  { session_hash, sub }: NamedSession,
  browser: string,
  sealed_refresh_token: string | null,
): Promise<string | null> {
  const values = { session_hash, sub, browser, sealed_refresh_token }
  return (await db.writeOne(endSessionFunction, values))?.user_uuid ?? null
}

/**
 * Checks that the viewer's session has not ended, in its own round trip: call it before work that costs more. Returns the viewer's
 * uuid. @throws AppError session_ended; handle_required for a user without a row.
 */
export async function checkSessionOf(db: Db, viewer: Viewer, browser: string): Promise<string> {
  const checked = await db.writeOne(checkSession, { ...viewer, browser, is_required: true, is_write: false })
  if (!checked?.uuid) throw new AppError('handle_required')
  return checked.uuid
}

/**
 * Ends all sessions of the viewer. Refused for an ended session, whose token a thief may have: it must not end newer sessions.
 * @throws AppError session_ended; handle_required for a user without a row.
 */
export async function endOwnSessions(db: Db, { sub }: Viewer): Promise<void> {
  await db.write(endOwnSessionsFunction, { viewer_sub: sub })
}

/**
 * Ends all sessions of a user who has just proved their password or code. Returns the user's uuid and the time since which devices
 * are known to the account, Unix time in seconds; undefined for a user without a row.
 */
export async function endAllSessions(
  db: Db,
  { sub }: Viewer,
): Promise<{ user_uuid: string; known_since: number } | undefined> {
  return db.writeOne(endAllSessionsFunction, { sub })
}
