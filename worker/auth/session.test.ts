import { describe, expect, test } from 'vitest'
import { clearedCookies, hasSession, sessionCookies } from './session.ts'

const asked = (headers: Record<string, string>) => hasSession(new Request('https://cruddur.example/', { headers }))

describe('cookies', () => {
  test('of a session: for this host alone, out of reach of scripts and of other sites', () => {
    const cookies = sessionCookies({ AccessToken: 'a.b.c', IdToken: 'i', RefreshToken: 'r' })
    expect(cookies.map((cookie) => cookie.split('; ').sort())).toEqual([
      ['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax', 'Secure', '__Host-access=a.b.c'],
      ['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax', 'Secure', '__Host-refresh=r'],
    ])
  })

  test('a refresh that did not rotate leaves the refresh token alone', () => {
    const cookies = sessionCookies({ AccessToken: 'a', IdToken: 'i' })
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-access'])
  })

  test('cleared: both, at once, on the same path', () => {
    for (const cookie of clearedCookies()) {
      expect(cookie).toMatch(/^__Host-(access|refresh)=;/)
      expect(cookie.split('; ')).toEqual(expect.arrayContaining(['Max-Age=0', 'Path=/', 'Secure']))
    }
    expect(clearedCookies()).toHaveLength(2)
  })
})

describe('whether a request carries a session', () => {
  test.each([
    [{ cookie: '__Host-access=x' }, true],
    [{ cookie: 'theme=dark; __Host-refresh=x' }, true],
    [{ cookie: '__Host-access=' }, true],
    [{ authorization: 'Bearer x' }, true],
    [{ authorization: '' }, true],
    [{ cookie: 'theme=dark; access=x; x__Host-access=x' }, false],
    [{}, false],
  ] as [Record<string, string>, boolean][])('%j: %s', (headers, has) => {
    expect(asked(headers)).toBe(has)
  })
})
