import { parse, serialize } from 'hono/utils/cookie'
import { sha256, toHex } from '../../digest.ts'
import type { Env } from '../../env.ts'
import { LruCache } from '../../lru-cache.ts'
import type { Tokens } from '../cognito/cognito.ts'
import { readClaims, sessionHashOf } from '../tokens/tokens.ts'
import { readSignedCookie, signedCookie } from './signed-cookies.ts'

export const ACCESS_COOKIE = '__Host-access'
const REFRESH_COOKIE = '__Host-refresh'
/** Holds the hashes of the session and of its refresh token, signed. A refresh token without it is ignored. */
const SESSION_COOKIE = '__Host-session'
const COOKIES = [ACCESS_COOKIE, REFRESH_COOKIE, SESSION_COOKIE]

/** The hashes of valid signed cookies, by a hash of the cookies. Forged cookies are not cached. */
const verifiedHashes = new LruCache<Pick<ReceivedCookies, 'sessionHash' | 'refreshHash'>>(2_000)

/** Lifetime of Cognito's refresh tokens, in seconds. */
const COOKIE_MAX_AGE = 30 * 86_400

const cookie = (name: string, value: string, maxAge: number) =>
  serialize(name, value, { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', maxAge })

/** Returns the SHA-256 of a refresh token, in hex: it identifies the token without revealing it. */
export const refreshHashOf = async (refreshToken: string) => toHex(await sha256(refreshToken))

/** Returns the cookies of new tokens: only the access cookie if the refresh token was not rotated. */
export async function sessionCookies(env: Env, { AccessToken, RefreshToken }: Tokens): Promise<string[]> {
  const access = cookie(ACCESS_COOKIE, AccessToken, COOKIE_MAX_AGE)
  if (!RefreshToken) return [access]
  const session = await signedSessionCookie(env, await sessionHashOf(readClaims(AccessToken)), RefreshToken)
  return [access, cookie(REFRESH_COOKIE, RefreshToken, COOKIE_MAX_AGE), session]
}

/** Returns the signed cookie that binds a refresh token to its session. */
export async function signedSessionCookie(env: Env, sessionHash: string, refreshToken: string): Promise<string> {
  return signedCookie(env, SESSION_COOKIE, `${sessionHash}.${await refreshHashOf(refreshToken)}`, COOKIE_MAX_AGE)
}

export const clearedCookies = () => COOKIES.map((name) => cookie(name, '', 0))

/** Returns whether a Set-Cookie value sets or clears a session cookie. */
export const isSessionCookie = (setCookie: string) => COOKIES.some((name) => setCookie.startsWith(`${name}=`))

/** Finds a session cookie in a Cookie header. Not by parsing it: this runs for each request. */
const SESSION_PATTERN = new RegExp(`(?:^|;)\\s*(?:${COOKIES.join('|')})=`)

/** Returns whether a request has session cookies or an Authorization header, valid or not: it then bypasses the edge cache. */
export function hasSession({ headers }: Request): boolean {
  return headers.has('authorization') || SESSION_PATTERN.test(headers.get('cookie') ?? '')
}

/** Session cookies of a request; tokens are not verified yet. */
export type ReceivedCookies = {
  access: string | undefined
  refreshToken: string | undefined
  /** Hash of the session from the signed cookie; undefined without a valid one. */
  sessionHash: string | undefined
  /** Hash of the refresh token if the signed cookie confirms it. Only then is Cognito asked to refresh. */
  refreshHash: string | undefined
}

export async function readSessionCookies(env: Env, request: Request): Promise<ReceivedCookies> {
  const cookies = parse(request.headers.get('cookie') ?? '')
  const access = cookies[ACCESS_COOKIE] || undefined
  const refreshToken = cookies[REFRESH_COOKIE] || undefined
  const signed = cookies[SESSION_COOKIE]
  if (signed === undefined) return { access, refreshToken, sessionHash: undefined, refreshHash: undefined }
  const cacheKey = toHex(await sha256(JSON.stringify([env.secretKey, signed, refreshToken])))
  const known = verifiedHashes.get(cacheKey)
  if (known) return { access, refreshToken, ...known }
  const [sessionHash, signedHash] = (await readSignedCookie(env, request, SESSION_COOKIE))?.split('.') ?? []
  const isConfirmed = refreshToken !== undefined && signedHash === (await refreshHashOf(refreshToken))
  const hashes = { sessionHash, refreshHash: isConfirmed ? signedHash : undefined }
  if (sessionHash !== undefined) verifiedHashes.set(cacheKey, hashes)
  return { access, refreshToken, ...hashes }
}
