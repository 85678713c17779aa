import type { RequestContext } from '../context.ts'
import { endSession, type NamedSession } from '../models/sessions.ts'
import { reportError } from '../observe/report.ts'
import * as cognito from './cognito/cognito.ts'
import { seal } from './cookies/seal.ts'
import { clearedCookies, refreshHashOf } from './cookies/session-cookies.ts'
import { rememberRefused } from './tokens/refused-tokens.ts'
import { revoke } from './tokens/revoke.ts'
import { verifyAccessToken } from './tokens/tokens.ts'

/** A session that is to end: `refreshToken` is what a browser held of it. */
type Ending = NamedSession & { refreshToken: string | null }

/**
 * Ends the session that a request comes with, good or expired, and lets the browser forget it. Cognito is told after the
 * answer, or by the cron while it is down.
 * @throws AppError unauthorized for a bad Bearer token; database_unavailable when neither Postgres nor Cognito can be told.
 */
export async function signOut(context: RequestContext): Promise<void> {
  const ending = context.hasAuthorization ? await bearerOf(context) : await cookiesOf(context)
  context.setSessionCookies(clearedCookies())
  if (ending) await end(context, ending)
}

/** Has Cognito revoke what a browser held of a session that turned out to have ended. For after the answer. */
export async function revokeEnded(context: RequestContext): Promise<void> {
  const { viewer, refreshToken } = (await context.endedSession()) ?? {}
  if (!viewer || !refreshToken) return
  const { env, db, browser } = context
  rememberRefused(await refreshHashOf(refreshToken))
  await cognito.revokeToken(env, refreshToken).catch(async () => {
    // The browser holds it no more: the cron goes on.
    await endSession(db, viewer, browser, await seal(env, refreshToken, viewer.session_hash))
  })
}

async function bearerOf(context: RequestContext): Promise<Ending | undefined> {
  const { viewer } = await context.session()
  return viewer ? { ...viewer, refreshToken: null } : undefined
}

/** Not `context.session()`: that would refresh what is to be ended. */
async function cookiesOf(context: RequestContext): Promise<Ending | undefined> {
  const { access, refreshToken = null, sessionHash, refreshHash } = await context.heldCookies()
  const verified = access ? await verifyAccessToken(context.env, access).catch(() => undefined) : undefined
  if (verified) return { ...verified.viewer, refreshToken }
  if (!sessionHash) return undefined
  return { session_hash: sessionHash, sub: null, refreshToken: refreshHash ? refreshToken : null }
}

/**
 * Ends a session in Postgres, where it counts at once, and has Cognito revoke its refresh token. While Postgres is down
 * Cognito alone is told: then an access token that somebody copied lives until it expires.
 */
export async function end(context: RequestContext, { refreshToken, ...named }: Ending): Promise<void> {
  const { env, db, browser, waitUntil } = context
  const { session_hash } = named
  const sealed = refreshToken && (await seal(env, refreshToken, session_hash))
  if (refreshToken) rememberRefused(await refreshHashOf(refreshToken))
  try {
    await endSession(db, named, browser, sealed)
  } catch (error) {
    if (!refreshToken) throw error
    await cognito.revokeToken(env, refreshToken).catch(() => {
      throw error
    })
    reportError(error, context)
    return
  }
  // What fails here is tried again by the cron.
  if (refreshToken) waitUntil(revoke(env, db, session_hash, refreshToken).catch(() => {}))
}
