import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { Session as SessionBody } from '../contract/session.ts'
import { findOrCreateUser, type NewSession, type SessionState } from '../models/sessions.ts'
import type { Tokens } from './cognito/cognito.ts'
import { rememberSignIn } from './cookies/device.ts'
import { seal } from './cookies/seal.ts'
import { sessionCookies } from './cookies/session-cookies.ts'
import { deleteAtCognito } from './delete-account.ts'
import { toIdentity } from './provision.ts'
import { readClaims, verifyAccessToken } from './tokens/tokens.ts'

const untilNextSecond = () => new Promise((resolve) => setTimeout(resolve, 1_000 - (Date.now() % 1_000)))

/**
 * Starts a session with new tokens of Cognito: finds or creates the user's row, writes the session's row, and sets the cookies,
 * which replace those of the browser's previous session. Calls `open` a second time if the session counts as ended: auth_time
 * has whole seconds, so a sign-in within the second of "end all sessions" looks older than that.
 * @throws AppError bad_request for a request with an Authorization header: API clients get no cookies.
 */
export async function startSession(context: RequestContext, open: () => Promise<Tokens>): Promise<SessionBody> {
  if (context.hasAuthorization) throw new AppError('bad_request')
  let opened = await openSession(context, open)
  if (opened.state === 'ended') {
    await untilNextSecond()
    opened = await openSession(context, open)
  }
  const { tokens, state, viewer, email } = opened
  if (state === 'ended') throw new AppError('session_ended')
  if (state === 'deleted') {
    // Deleting the account at Cognito failed earlier: retry, and answer as if it did not exist.
    await deleteAtCognito(context, tokens.AccessToken)
    throw new AppError('credentials_wrong')
  }
  context.setSessionCookies(await sessionCookies(context.settings, tokens))
  await rememberSignIn(context, email, { sub: viewer.sub, since: viewer.auth_time })
  return toSessionBody(state)
}

/** Gets tokens from Cognito, and finds or creates the rows of their user and session. */
async function openSession(context: RequestContext, open: () => Promise<Tokens>) {
  const { settings, db } = context
  const tokens = await open()
  const viewer = await verifyAccessToken(settings, tokens.AccessToken)
  const identity = toIdentity(viewer.sub, readClaims(tokens.IdToken))
  const state = await findOrCreateUser(db, settings.secretKey, viewer, identity, await newSessionOf(context))
  return { tokens, state, viewer, email: identity.email }
}

/** Returns the browser of the new session, and the session that it replaces there, whose refresh token the cron revokes. */
async function newSessionOf({ settings, browser, receivedCookies }: RequestContext): Promise<NewSession> {
  const { sessionHash = null, refreshToken, refreshHash } = await receivedCookies()
  const isSealed = sessionHash && refreshToken && refreshHash
  const sealed_refresh_token = isSealed ? await seal(settings, refreshToken, sessionHash) : null
  return { browser, replaced_hash: sessionHash, sealed_refresh_token }
}

/** Returns the body of a session. That of a user without a row leads to /welcome, where they choose a handle. */
export function toSessionBody(state: Exclude<SessionState, 'ended' | 'deleted'>): SessionBody {
  if (state === 'unknown') return { viewer: null, handle_required: true }
  const { user: viewer, follows_nobody, preferences } = state
  return { viewer, follows_nobody, preferences }
}
