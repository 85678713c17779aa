import { AppError } from '../contract/app-error.ts'
import type { Env } from '../env.ts'
import type { Viewer } from '../viewer.ts'
import { isCognitoError, refreshTokens, type Tokens } from './cognito/cognito.ts'
import { clearedCookies, type ReceivedCookies, sessionCookies, signedSessionCookie } from './cookies/session-cookies.ts'
import { rememberRefused, wasRefused } from './tokens/refused-tokens.ts'
import { readClaims, TokenError, verifyAccessToken } from './tokens/tokens.ts'

/** The session of a request. `viewer` is null when signed out, or while it cannot be verified. */
export type RequestSession = {
  viewer: Viewer | null
  accessToken: string | null
  refreshToken: string | null
  /** Whether the token came in the Authorization header: an invalid one gets 401, while an invalid cookie counts as signed out. */
  isBearer: boolean
  /** Whether the session could not be verified or refreshed, since Cognito is down. */
  isIdentityDown: boolean
  /** Set-Cookie values for the response. */
  setCookies: string[]
}

export const signedOutSession = (setCookies: string[] = []): RequestSession => ({
  viewer: null,
  accessToken: null,
  refreshToken: null,
  isBearer: false,
  isIdentityDown: false,
  setCookies,
})

/**
 * Returns the session of a browser; refreshes it if the access token has expired. Invalid cookies are cleared; during an outage
 * of Cognito they are kept.
 */
export async function cookieSession(env: Env, cookies: ReceivedCookies, waitUntil: WaitUntil): Promise<RequestSession> {
  const { access, refreshToken, sessionHash, refreshHash } = cookies
  if (!access && !refreshToken && !sessionHash) return signedOutSession()
  try {
    if (access) {
      const viewer = await verifyAccessToken(env, access)
      // Add the signed cookie if it is missing: an older release set none.
      const isUnsigned = refreshToken && !refreshHash
      const setCookies = isUnsigned ? [await signedSessionCookie(env, viewer.session_hash, refreshToken)] : []
      return { ...signedOutSession(setCookies), viewer, accessToken: access, refreshToken: refreshToken ?? null }
    }
  } catch (error) {
    if (error instanceof AppError) return { ...signedOutSession(), isIdentityDown: true }
    if (!(error instanceof TokenError)) throw error
  }
  // Ask Cognito only about a refresh token that we have set and that it has not just refused.
  if (!refreshToken || !refreshHash || wasRefused(refreshHash)) return signedOutSession(clearedCookies())
  return refreshSession(env, { refreshToken, refreshHash }, () => refreshOnce(env, refreshToken, access, waitUntil))
}

/**
 * Returns the session of an Authorization header.
 * @throws AppError unauthorized unless it is a valid Bearer token.
 */
export async function bearerSession(env: Env, authorization: string): Promise<RequestSession> {
  const [scheme, token, ...rest] = authorization.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) throw new AppError('unauthorized')
  try {
    const viewer = await verifyAccessToken(env, token)
    return { ...signedOutSession(), viewer, accessToken: token, isBearer: true }
  } catch (error) {
    if (error instanceof TokenError) throw new AppError('unauthorized', { cause: error })
    throw error
  }
}

type WaitUntil = (work: Promise<unknown>) => void

const pendingRefreshes = new Map<string, Promise<Tokens>>()

/**
 * Refreshes a token once per isolate, for all tabs whose access token expires together: if the pool rotates refresh tokens,
 * only the first refresh would succeed. `waitUntil` keeps it running when the first client disconnects.
 */
function refreshOnce(
  env: Env,
  refreshToken: string,
  expiredToken: string | undefined,
  waitUntil: WaitUntil,
): Promise<Tokens> {
  const known = pendingRefreshes.get(refreshToken)
  if (known) return known
  const pending = refreshTokens(env, refreshToken, usernameIn(expiredToken)).finally(() =>
    pendingRefreshes.delete(refreshToken),
  )
  pendingRefreshes.set(refreshToken, pending)
  waitUntil(pending.catch(() => {}))
  return pending
}

/** Final errors of a refresh: the token is refused for good. */
const REFRESH_REFUSED = [
  'InvalidParameterException',
  'NotAuthorizedException',
  'PasswordResetRequiredException',
  'RefreshTokenReuseException',
  'UserNotConfirmedException',
  'UserNotFoundException',
]

type Refreshable = { refreshToken: string; refreshHash: string }

async function refreshSession(env: Env, used: Refreshable, refresh: () => Promise<Tokens>): Promise<RequestSession> {
  let tokens: Tokens | undefined
  try {
    tokens = await refresh()
    const viewer = await verifyAccessToken(env, tokens.AccessToken)
    return {
      viewer,
      accessToken: tokens.AccessToken,
      refreshToken: tokens.RefreshToken ?? used.refreshToken,
      isBearer: false,
      isIdentityDown: false,
      setCookies: await sessionCookies(env, tokens),
    }
  } catch (error) {
    if (isCognitoError(error, ...REFRESH_REFUSED)) {
      rememberRefused(used.refreshHash)
      return signedOutSession(clearedCookies())
    }
    // Any other error says nothing about the session: keep the cookies. Set new tokens, since the old may be rotated out.
    return { ...signedOutSession(tokens && (await sessionCookies(env, tokens))), isIdentityDown: true }
  }
}

/** Returns the username in an expired access token, for the SECRET_HASH of REFRESH_TOKEN_AUTH; '' without one. */
function usernameIn(token: string | undefined): string {
  if (!token) return ''
  try {
    const { username, sub } = readClaims(token)
    return String(username ?? sub ?? '')
  } catch {
    return ''
  }
}
