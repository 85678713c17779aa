import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Env } from '../env.ts'
import { isCognitoError, refresh, type Tokens } from './cognito/cognito.ts'
import { clearedCookies, type HeldCookies, sessionCookies, vouchingCookie } from './cookies/session-cookies.ts'
import { rememberRefused, wasRefused } from './tokens/refused-tokens.ts'
import { readClaims, TokenError, verifyAccessToken } from './tokens/tokens.ts'

/** Who a request comes from, as far as its token tells. */
export type Session = {
  viewer: Viewer | null
  accessToken: string | null
  refreshToken: string | null
  /** It came as a Bearer token, which counts or is refused; a cookie that does not count is signed out. */
  bearer: boolean
  /** Cognito could not be asked, so we cannot tell who it is. */
  outage: boolean
  /** Set-Cookie values that the answer carries. */
  setCookies: string[]
}

export const signedOut = (setCookies: string[] = []): Session => ({
  viewer: null,
  accessToken: null,
  refreshToken: null,
  bearer: false,
  outage: false,
  setCookies,
})

/**
 * The session of a browser, refreshed in passing when the access token has expired. A cookie that does not count is signed
 * out; an outage of Cognito keeps the cookies.
 */
export async function cookieSession(env: Env, held: HeldCookies, waitUntil: WaitUntil): Promise<Session> {
  const { access, refreshToken, sessionHash, refreshHash } = held
  if (!access && !refreshToken && !sessionHash) return signedOut()
  try {
    if (access) {
      const { viewer } = await verifyAccessToken(env, access)
      // Set by a version of ours that vouched for nothing, before a release or after a rollback.
      const isUnvouched = refreshToken && !refreshHash
      const setCookies = isUnvouched ? [await vouchingCookie(env, viewer.session_hash, refreshToken)] : []
      return { ...signedOut(setCookies), viewer, accessToken: access, refreshToken: refreshToken ?? null }
    }
  } catch (error) {
    if (error instanceof AppError) return { ...signedOut(), outage: true }
    if (!(error instanceof TokenError)) throw error
  }
  // Nothing that we have not signed is worth a call, nor what was refused a moment ago.
  if (!refreshToken || !refreshHash || wasRefused(refreshHash)) return signedOut(clearedCookies())
  return refreshed(env, { refreshToken, refreshHash }, () => refreshOnce(env, refreshToken, access, waitUntil))
}

/**
 * The session of an Authorization header.
 * @throws AppError unauthorized for one that is no good Bearer token.
 */
export async function bearerSession(env: Env, authorization: string): Promise<Session> {
  const [scheme, token, ...rest] = authorization.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) throw new AppError('unauthorized')
  try {
    const { viewer } = await verifyAccessToken(env, token)
    return { ...signedOut(), viewer, accessToken: token, bearer: true }
  } catch (error) {
    if (error instanceof TokenError) throw new AppError('unauthorized', { cause: error })
    throw error
  }
}

type WaitUntil = (work: Promise<unknown>) => void

const underWay = new Map<string, Promise<Tokens>>()

/**
 * Tabs whose token runs out together share one refresh as far as they meet in an isolate: each costs Cognito once, and where
 * the pool rotates refresh tokens only the first would be good. Whoever goes away meanwhile leaves it running for the others.
 */
function refreshOnce(
  env: Env,
  refreshToken: string,
  expired: string | undefined,
  waitUntil: WaitUntil,
): Promise<Tokens> {
  const known = underWay.get(refreshToken)
  if (known) return known
  const begun = refresh(env, refreshToken, usernameIn(expired)).finally(() => underWay.delete(refreshToken))
  underWay.set(refreshToken, begun)
  waitUntil(begun.catch(() => {}))
  return begun
}

/** Refusals of a refresh that no later try changes. */
const REFRESH_REFUSED = [
  'InvalidParameterException',
  'NotAuthorizedException',
  'PasswordResetRequiredException',
  'RefreshTokenReuseException',
  'UserNotConfirmedException',
  'UserNotFoundException',
]

type Refreshable = { refreshToken: string; refreshHash: string }

async function refreshed(env: Env, held: Refreshable, ask: () => Promise<Tokens>): Promise<Session> {
  let tokens: Tokens | undefined
  try {
    tokens = await ask()
    const { viewer } = await verifyAccessToken(env, tokens.AccessToken)
    return {
      viewer,
      accessToken: tokens.AccessToken,
      refreshToken: tokens.RefreshToken ?? held.refreshToken,
      bearer: false,
      outage: false,
      setCookies: await sessionCookies(env, tokens),
    }
  } catch (error) {
    if (isCognitoError(error, ...REFRESH_REFUSED)) {
      rememberRefused(held.refreshHash)
      return signedOut(clearedCookies())
    }
    // Anything else says nothing about the person: keep the cookies, or the new ones, for the old may be worth nothing now.
    return { ...signedOut(tokens && (await sessionCookies(env, tokens))), outage: true }
  }
}

/** The owner's name in the pool, which the expired token still tells: SECRET_HASH of REFRESH_TOKEN_AUTH is made from it. */
function usernameIn(token: string | undefined): string {
  if (!token) return ''
  try {
    const { username, sub } = readClaims(token)
    return String(username ?? sub ?? '')
  } catch {
    return ''
  }
}
