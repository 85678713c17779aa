import { parse, serialize } from 'hono/utils/cookie'
import { sha256, toHex } from '../digest.ts'
import type { Env } from '../env.ts'
import type { Tokens } from './cognito.ts'
import { Recent } from './recent.ts'
import { readSignedCookie, signedCookie } from './signed-cookies.ts'
import { readClaims, sessionHashOf } from './tokens.ts'

export const ACCESS_COOKIE = '__Host-access'
const REFRESH_COOKIE = '__Host-refresh'
/** Signed by us; holds the hashes of the session and of its refresh token, which counts with it alone. */
const SESSION_COOKIE = '__Host-session'
const COOKIES = [ACCESS_COOKIE, REFRESH_COOKIE, SESSION_COOKIE]

/** What signatures were found to vouch for in this isolate, by a hash of what they were checked with. No forged one is among them. */
const vouchings = new Recent<Pick<HeldCookies, 'sessionHash' | 'refreshHash'>>(2_000)

/** As long as Cognito's refresh tokens live, in seconds. */
const COOKIE_MAX_AGE = 30 * 86_400

const cookie = (name: string, value: string, maxAge: number) =>
  serialize(name, value, { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', maxAge })

/** By what a refresh token is known without being held. */
export const refreshHashOf = async (refreshToken: string) => toHex(await sha256(refreshToken))

/** Cookies of a new session; a refresh that did not rotate leaves the refresh token, and what vouches for it, as they are. */
export async function sessionCookies(env: Env, { AccessToken, RefreshToken }: Tokens): Promise<string[]> {
  const access = cookie(ACCESS_COOKIE, AccessToken, COOKIE_MAX_AGE)
  if (!RefreshToken) return [access]
  const vouching = await vouchingCookie(env, await sessionHashOf(readClaims(AccessToken)), RefreshToken)
  return [access, cookie(REFRESH_COOKIE, RefreshToken, COOKIE_MAX_AGE), vouching]
}

/** The cookie that vouches for a session's refresh token. */
export async function vouchingCookie(env: Env, sessionHash: string, refreshToken: string): Promise<string> {
  return signedCookie(env, SESSION_COOKIE, `${sessionHash}.${await refreshHashOf(refreshToken)}`, COOKIE_MAX_AGE)
}

export const clearedCookies = () => COOKIES.map((name) => cookie(name, '', 0))

/** Whether a Set-Cookie value is one of a session's. */
export const isSessionCookie = (setCookie: string) => COOKIES.some((name) => setCookie.startsWith(`${name}=`))

/** Whether a request carries our session, good or not: its answer is then private, and not cached at the edge. */
export function hasSession(request: Request): boolean {
  if (request.headers.has('authorization')) return true
  const header = request.headers.get('cookie')
  if (header === null) return false
  const cookies = parse(header)
  return COOKIES.some((name) => name in cookies)
}

/** What a browser's cookies hold of a session, before anybody is asked whether it is good. */
export type HeldCookies = {
  access: string | undefined
  refreshToken: string | undefined
  /** Hash of the session that our signature vouches for; undefined without one. */
  sessionHash: string | undefined
  /** Hash of the refresh token, if our signature vouches for it: no other is worth asking Cognito about. */
  refreshHash: string | undefined
}

export async function readSessionCookies(env: Env, request: Request): Promise<HeldCookies> {
  const cookies = parse(request.headers.get('cookie') ?? '')
  const access = cookies[ACCESS_COOKIE] || undefined
  const refreshToken = cookies[REFRESH_COOKIE] || undefined
  const signed = cookies[SESSION_COOKIE]
  if (signed === undefined) return { access, refreshToken, sessionHash: undefined, refreshHash: undefined }
  const name = toHex(await sha256(JSON.stringify([env.secretKey, signed, refreshToken])))
  const known = vouchings.recall(name)
  if (known) return { access, refreshToken, ...known }
  const [sessionHash, vouched] = (await readSignedCookie(env, request, SESSION_COOKIE))?.split('.') ?? []
  const isVouched = refreshToken !== undefined && vouched === (await refreshHashOf(refreshToken))
  const vouching = { sessionHash, refreshHash: isVouched ? vouched : undefined }
  if (sessionHash !== undefined) vouchings.remember(name, vouching)
  return { access, refreshToken, ...vouching }
}
