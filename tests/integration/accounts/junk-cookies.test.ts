import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { signAccessToken } from '../../harness/tokens.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { inParallel } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { actors } = site

let anna: Actor
beforeAll(async () => {
  anna = await actors.join()
})

/** Sends `times` requests with the same cookies, ignoring Set-Cookie; counts calls of Cognito and the database. */
async function sendRepeatedly(cookies: Record<string, string>, path: string, times = 20) {
  const before = [site.identity.count(), site.database.count()] as const
  const answers = await inParallel(times, () => {
    const client: Client = actors.visitor()
    for (const [name, value] of Object.entries(cookies)) client.cookies.set(name, value)
    return client.visits(path)
  })
  const calls = { cognito: site.identity.count() - before[0], database: site.database.count() - before[1] }
  return { answers, calls }
}

const NO_CALLS = { cognito: 0, database: 0 }
const JUNK_TOKEN = 'eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ.made.up'
const JUNK_HASHES = `${'0'.repeat(64)}.${'0'.repeat(64)}`
const JUNK_SIGNATURE = encodeURIComponent(`${btoa('0'.repeat(32))}`)

/** Cookies that we did not set together; the valid ones among them are Anna's. */
const JUNK_COOKIES: [string, () => Record<string, string>][] = [
  ['a made-up refresh token', () => ({ refresh: JUNK_TOKEN })],
  ['a made-up refresh token and unsigned hashes', () => ({ refresh: JUNK_TOKEN, session: JUNK_HASHES })],
  ['a made-up refresh token and signature', () => ({ refresh: JUNK_TOKEN, session: `${JUNK_HASHES}.${JUNK_SIGNATURE}` })],
  ['a made-up refresh token and the signature of another', () => ({ refresh: JUNK_TOKEN, session: anna.cookies.get('__Host-session') ?? '' })],
  ['a valid refresh token without a signature', () => ({ refresh: anna.cookies.get('__Host-refresh') ?? '' })],
  ['a truncated refresh token', () => ({
    refresh: (anna.cookies.get('__Host-refresh') ?? '').slice(1),
    session: anna.cookies.get('__Host-session') ?? '',
  })],
  ['a signature alone', () => ({ session: anna.cookies.get('__Host-session') ?? '' })],
  ['a malformed access token', () => ({ access: 'x', refresh: JUNK_TOKEN })],
  ['an access token of 3 KB', () => ({ access: 'x'.repeat(3_000), refresh: JUNK_TOKEN })],
] // biome-ignore format: a table

describe('cookies that we did not sign cost no calls', () => {
  test.each(JUNK_COOKIES)('%s: 20 requests make no call', async (_, makeCookies) => {
    const cookies = Object.fromEntries(Object.entries(makeCookies()).map(([name, value]) => [`__Host-${name}`, value]))
    const { answers, calls } = await sendRepeatedly(cookies, '/about')
    expect(calls).toEqual(NO_CALLS)
    for (const answer of answers) {
      expect(expectStatus(answer, 200).text).not.toContain('<script')
      // A request with session cookies bypasses the edge cache.
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
      const setCookies = answer.headers.getSetCookie()
      expect(setCookies.map((cookie) => cookie.split('=')[0])).toEqual([
        '__Host-access',
        '__Host-refresh',
        '__Host-session',
      ])
      for (const cookie of setCookies) expect(cookie).toContain('Max-Age=0')
    }
  })

  test('on a protected API route', async () => {
    const { answers, calls } = await sendRepeatedly({ '__Host-refresh': JUNK_TOKEN }, '/api/activities/home')
    expect(calls).toEqual(NO_CALLS)
    for (const answer of answers) expectStatus(answer, 401)
  })

  test('signing out with them makes no call', async () => {
    const before = [site.identity.count(), site.database.count()]
    const visitor = actors.visitor()
    visitor.cookies.set('__Host-refresh', JUNK_TOKEN)
    expectStatus(await visitor.delete('/api/session'), 204)
    expect([site.identity.count(), site.database.count()]).toEqual(before)
    expect(visitor.cookies.size).toBe(0)
  })
})

describe('a session whose access token has expired', () => {
  const makeExpiredSession = async (): Promise<{ actor: Actor; cookies: Record<string, string> }> => {
    const actor = await actors.join('ben')
    const { sub = '', auth_time, origin_jti } = decodeJwt(actor.accessToken)
    const exp = Math.floor(Date.now() / 1000) - 60
    const pool = { ...site.cognito, keys: inject('pool').keys }
    const expired = await signAccessToken(pool, sub, { auth_time, origin_jti, exp })
    return { actor: actor, cookies: { ...Object.fromEntries(actor.cookies), '__Host-access': expired } }
  }

  test('is refreshed', async () => {
    const { cookies } = await makeExpiredSession()
    const { answers, calls } = await sendRepeatedly(cookies, '/about', 1)
    expect(calls.cognito).toBe(1)
    expect(answers[0]?.text).toContain('<script')
  })

  test('is refreshed at most once a minute while Cognito rejects it', async () => {
    const { actor, cookies } = await makeExpiredSession()
    await fetch(site.cognito.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.RevokeToken',
      },
      body: JSON.stringify({ ClientId: site.cognito.clientId, Token: actor.cookies.get('__Host-refresh') }),
    })
    const first = await sendRepeatedly(cookies, '/about', 1)
    expect(first.calls).toEqual({ cognito: 1, database: 0 })
    const { answers, calls } = await sendRepeatedly(cookies, '/about')
    expect(calls).toEqual(NO_CALLS)
    for (const answer of [...first.answers, ...answers]) {
      expect(expectStatus(answer, 200).text).not.toContain('<script')
      expect(answer.headers.getSetCookie()).toHaveLength(3)
    }
  })

  test('is kept, and refreshed each time, while Cognito is down', async () => {
    const { cookies } = await makeExpiredSession()
    site.identity.setOutage(true)
    const { answers } = await sendRepeatedly(cookies, '/about', 3)
    site.identity.setOutage(false)
    for (const answer of answers) expect(expectStatus(answer, 200).headers.getSetCookie()).toEqual([])
    expect((await sendRepeatedly(cookies, '/about', 1)).answers[0]?.text).toContain('<script')
  })
})

test('each session cookie fits into the 4 KB that browsers allow', () => {
  for (const [name, value] of anna.cookies) expect(name.length + value.length).toBeLessThan(4_096)
})
