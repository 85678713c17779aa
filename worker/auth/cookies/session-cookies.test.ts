import { describe, expect, inject, test } from 'vitest'
import { SECRET_KEY } from '../../../tests/harness/bindings.ts'
import '../../../tests/harness/provided.ts'
import { signAccessToken } from '../../../tests/harness/tokens.ts'
import type { Env } from '../../env.ts'
import { readClaims, sessionHashOf } from '../tokens/tokens.ts'
import { clearedCookies, hasSession, isSessionCookie, readSessionCookies, sessionCookies } from './session-cookies.ts'

const env = { secretKey: SECRET_KEY } as Env
const access = await signAccessToken(inject('pool'), crypto.randomUUID(), { origin_jti: crypto.randomUUID() })

const opened = (RefreshToken: string, AccessToken = access) =>
  sessionCookies(env, { AccessToken, IdToken: 'i', RefreshToken })

/** Returns cookies by name, from Set-Cookie values. */
const held = (cookies: string[]) =>
  new Map(cookies.map((line) => line.split(';')[0]?.split('=', 2) as [string, string]))

const requestWith = (cookies: Map<string, string>) =>
  new Request('https://cruddur.example/', {
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
  })

describe('cookies of a session', () => {
  test('are host-only, HttpOnly, Secure and SameSite=Lax', async () => {
    const cookies = await opened('r')
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-access', '__Host-refresh', '__Host-session'])
    for (const cookie of cookies) {
      expect(cookie.split('; ').slice(1).sort()).toEqual([
        'HttpOnly',
        'Max-Age=2592000',
        'Path=/',
        'SameSite=Lax',
        'Secure',
      ])
    }
  })

  test('sets only the access cookie if the refresh token was not rotated', async () => {
    const cookies = await sessionCookies(env, { AccessToken: access, IdToken: 'i' })
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-access'])
  })

  test('clears all three cookies on the same path', () => {
    for (const cookie of clearedCookies()) {
      expect(cookie).toMatch(/^__Host-(access|refresh|session)=;/)
      expect(cookie.split('; ')).toEqual(expect.arrayContaining(['Max-Age=0', 'Path=/', 'Secure']))
      expect(isSessionCookie(cookie)).toBe(true)
    }
    expect(clearedCookies()).toHaveLength(3)
    expect(isSessionCookie('__Host-sign-up=x; Path=/')).toBe(false)
  })

  test('fit into a browser’s 4,096 bytes with tokens as long as Cognito’s', async () => {
    const long = await signAccessToken(inject('pool'), crypto.randomUUID(), {
      origin_jti: crypto.randomUUID(),
      'cognito:groups': Array.from({ length: 40 }, (_, i) => `a-group-of-people-number-${i}`),
    })
    expect(long.length).toBeGreaterThan(1_800)
    for (const cookie of await opened('r'.repeat(1_800), long)) {
      expect(cookie.split(';')[0]?.length).toBeLessThan(4_096)
    }
    // The signed cookie holds hashes, so its length does not depend on the tokens.
    const [, , session = ''] = await opened('r'.repeat(1_800), long)
    expect(session.split(';')[0]?.length).toBeLessThan(256)
  })
})

describe('readSessionCookies', () => {
  test('returns the session and the hash of its signed refresh token', async () => {
    const read = await readSessionCookies(env, requestWith(held(await opened('r'))))
    expect(read).toMatchObject({ access, refreshToken: 'r', sessionHash: await sessionHashOf(readClaims(access)) })
    expect(read.refreshHash).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each<[string, (cookies: Map<string, string>) => unknown]>([
    ['another refresh token', (cookies) => cookies.set('__Host-refresh', 's')],
    ['no signed cookie', (cookies) => cookies.delete('__Host-session')],
    [
      'a signed cookie that was altered',
      (cookies) => cookies.set('__Host-session', `0${cookies.get('__Host-session')}`),
    ],
    ['hashes without a signature', (cookies) => cookies.set('__Host-session', `${'0'.repeat(64)}.${'0'.repeat(64)}`)],
    ['nonsense', (cookies) => cookies.set('__Host-session', '%')],
  ])('returns no refresh hash for %s', async (_, change) => {
    const cookies = held(await opened('r'))
    change(cookies)
    const { refreshToken, refreshHash } = await readSessionCookies(env, requestWith(cookies))
    expect(refreshToken).toBeTruthy()
    expect(refreshHash).toBeUndefined()
  })

  test('ignores a cookie that was signed with another key', async () => {
    const other = { secretKey: btoa('another key for nothing but test') } as Env
    const read = await readSessionCookies(other, requestWith(held(await opened('r'))))
    expect(read).toMatchObject({ sessionHash: undefined, refreshHash: undefined })
  })

  test('returns undefined for missing or empty cookies', async () => {
    const nothing = { access: undefined, refreshToken: undefined, sessionHash: undefined, refreshHash: undefined }
    expect(await readSessionCookies(env, requestWith(new Map()))).toEqual(nothing)
    const empty = new Map(['access', 'refresh', 'session'].map((name) => [`__Host-${name}`, '']))
    expect(await readSessionCookies(env, requestWith(empty))).toEqual(nothing)
  })
})

describe('hasSession', () => {
  test.each([
    [{ cookie: '__Host-access=x' }, true],
    [{ cookie: 'theme=dark; __Host-refresh=x' }, true],
    [{ cookie: '__Host-session=x' }, true],
    [{ cookie: '__Host-access=' }, true],
    [{ authorization: 'Bearer x' }, true],
    [{ authorization: '' }, true],
    [{ cookie: 'theme=dark; access=x; x__Host-access=x' }, false],
    [{}, false],
  ] as [Record<string, string>, boolean][])('%j: %s', (headers, has) => {
    expect(hasSession(new Request('https://cruddur.example/', { headers }))).toBe(has)
  })
})
