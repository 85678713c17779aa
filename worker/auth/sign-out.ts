import type { RequestContext } from '../context.ts'
import { closeSockets } from '../live/nudge.ts'
import { endSession, type NamedSession } from '../models/sessions.ts'
import { reportError } from '../observe/report.ts'
import * as cognito from './cognito/cognito.ts'
import { seal } from './cookies/seal.ts'
import { clearedCookies, refreshHashOf } from './cookies/session-cookies.ts'
import { rememberRefused } from './tokens/refused-tokens.ts'
import { revoke } from './tokens/revoke.ts'
import { verifyAccessToken } from './tokens/tokens.ts'

/** A session to end. `refreshToken` is null if the request has none. */
type SessionToEnd = NamedSession & { refreshToken: string | null }

/**
 * Ends the request's session, valid or expired, and clears its cookies. The token is revoked at Cognito after the response, or
 * by the cron if that fails.
 * @throws AppError unauthorized for an invalid Bearer token; database_unavailable if both Postgres and Cognito are down.
 */
export async function signOut(context: RequestContext): Promise<void> {
  const ending = context.hasAuthorization ? await sessionOfBearer(context) : await sessionOfCookies(context)
  context.setSessionCookies(clearedCookies())
  if (ending) await endAndRevoke(context, ending)
}

/** Revokes the refresh token of a session that turned out to have ended. Call it after the response. */
export async function revokeEndedSession(context: RequestContext): Promise<void> {
  const { viewer, refreshToken } = (await context.endedSession()) ?? {}
  if (!viewer || !refreshToken) return
  const { settings, db, browser } = context
  rememberRefused(await refreshHashOf(refreshToken))
  await cognito.revokeToken(settings, refreshToken).catch(async () => {
    // Store the token for the cron: the browser's cookie is cleared.
    await endSession(db, viewer, browser, await seal(settings, refreshToken, viewer.session_hash))
  })
}

async function sessionOfBearer(context: RequestContext): Promise<SessionToEnd | undefined> {
  const { viewer } = await context.session()
  return viewer ? { ...viewer, refreshToken: null } : undefined
}

/** Returns the session of the cookies without `context.session()`, which would refresh it. */
async function sessionOfCookies(context: RequestContext): Promise<SessionToEnd | undefined> {
  const { access, refreshToken = null, sessionHash, refreshHash } = await context.receivedCookies()
  const viewer = access ? await verifyAccessToken(context.settings, access).catch(() => undefined) : undefined
  if (viewer) return { ...viewer, refreshToken }
  if (!sessionHash) return undefined
  return { session_hash: sessionHash, sub: null, refreshToken: refreshHash ? refreshToken : null }
}

/**
 * Ends a session in Postgres, which takes effect at once, and revokes its refresh token at Cognito. While Postgres is down it
 * only revokes: a copied access token then works until it expires.
 */
export async function endAndRevoke(context: RequestContext, { refreshToken, ...named }: SessionToEnd): Promise<void> {
  const { settings, db, browser, waitUntil } = context
  const { session_hash } = named
  const sealed = refreshToken && (await seal(settings, refreshToken, session_hash))
  if (refreshToken) rememberRefused(await refreshHashOf(refreshToken))
  try {
    const userUuid = await endSession(db, named, browser, sealed)
    closeSockets(context, userUuid, { only: session_hash, by: session_hash })
  } catch (error) {
    if (!refreshToken) throw error
    await cognito.revokeToken(settings, refreshToken).catch(() => {
      throw error
    })
    reportError(error, context)
    return
  }
  // The cron retries a failure.
  if (refreshToken) waitUntil(revoke(settings, db, session_hash, refreshToken).catch(() => {}))
}
