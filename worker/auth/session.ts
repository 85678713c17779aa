import { parse, serialize } from 'hono/utils/cookie'
import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Env } from '../env.ts'
import { isCognitoError, refresh, type Tokens } from './cognito.ts'
import { readClaims, TokenError, verifyAccessToken } from './tokens.ts'

export const ACCESS_COOKIE = '__Host-access'
const REFRESH_COOKIE = '__Host-refresh'

/** As long as Cognito's refresh tokens live, in seconds. */
const COOKIE_MAX_AGE = 30 * 86_400

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

const cookie = (name: string, value: string, maxAge: number) =>
  serialize(name, value, { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', maxAge })

/** Cookies of a new session; a refresh that did not rotate leaves the refresh token as it is. */
export function sessionCookies({ AccessToken, RefreshToken }: Tokens): string[] {
  const access = cookie(ACCESS_COOKIE, AccessToken, COOKIE_MAX_AGE)
  return RefreshToken ? [access, cookie(REFRESH_COOKIE, RefreshToken, COOKIE_MAX_AGE)] : [access]
}

export const clearedCookies = () => [cookie(ACCESS_COOKIE, '', 0), cookie(REFRESH_COOKIE, '', 0)]

/** Whether a request carries our session, good or not: its answer is then private. */
export function hasSession(request: Request): boolean {
  const cookies = parse(request.headers.get('cookie') ?? '')
  return request.headers.has('authorization') || ACCESS_COOKIE in cookies || REFRESH_COOKIE in cookies
}

/**
 * The session of a request: a Bearer token if there is an Authorization header, else the cookies, refreshed in passing
 * when the access token has run out. A bad cookie is signed out; an outage of Cognito keeps the cookies.
 * @throws AppError unauthorized for an Authorization header that is no good Bearer token.
 */
export async function readSession(env: Env, request: Request, waitUntil: WaitUntil): Promise<Session> {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) return bearerSession(env, authorization)
  const cookies = parse(request.headers.get('cookie') ?? '')
  const access = cookies[ACCESS_COOKIE]
  const refreshToken = cookies[REFRESH_COOKIE]
  if (!access && !refreshToken) return signedOut()
  try {
    if (access) {
      const { viewer } = await verifyAccessToken(env, access)
      return { ...signedOut(), viewer, accessToken: access, refreshToken: refreshToken ?? null }
    }
  } catch (error) {
    if (error instanceof AppError) return { ...signedOut(), outage: true }
    if (!(error instanceof TokenError)) throw error
  }
  if (!refreshToken) return signedOut(clearedCookies())
  return refreshed(env, refreshToken, () => refreshOnce(env, refreshToken, access, waitUntil))
}

async function bearerSession(env: Env, authorization: string): Promise<Session> {
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

async function refreshed(env: Env, refreshToken: string, ask: () => Promise<Tokens>): Promise<Session> {
  let tokens: Tokens | undefined
  try {
    tokens = await ask()
    const { viewer } = await verifyAccessToken(env, tokens.AccessToken)
    return {
      viewer,
      accessToken: tokens.AccessToken,
      refreshToken: tokens.RefreshToken ?? refreshToken,
      bearer: false,
      outage: false,
      setCookies: sessionCookies(tokens),
    }
  } catch (error) {
    if (isCognitoError(error, ...REFRESH_REFUSED)) return signedOut(clearedCookies())
    // Anything else says nothing about the person: keep the cookies, or the new ones, for the old may be worth nothing now.
    return { ...signedOut(tokens && sessionCookies(tokens)), outage: true }
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
