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

/** Asks so often with the same cookies, as who does not keep what answers say of them; counts who was asked for it. */
async function asks(cookies: Record<string, string>, path: string, often = 20) {
  const before = [site.identity.count(), site.database.count()] as const
  const answers = await inParallel(often, () => {
    const client: Client = actors.visitor()
    for (const [name, value] of Object.entries(cookies)) client.cookies.set(name, value)
    return client.visits(path)
  })
  const calls = { cognito: site.identity.count() - before[0], database: site.database.count() - before[1] }
  return { answers, calls }
}

const nothing = { cognito: 0, database: 0 }
const junk = 'eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ.made.up'
const hashes = `${'0'.repeat(64)}.${'0'.repeat(64)}`
const signature = encodeURIComponent(`${btoa('0'.repeat(32))}`)

/** Cookies that no session of ours has; the good ones among them are Anna's. */
const JUNK: [string, () => Record<string, string>][] = [
  ['a refresh token that somebody made up', () => ({ refresh: junk })],
  ['with hashes that nobody signed', () => ({ refresh: junk, session: hashes })],
  ['with a signature that somebody made up', () => ({ refresh: junk, session: `${hashes}.${signature}` })],
  ['with what was signed for another', () => ({ refresh: junk, session: anna.cookies.get('__Host-session') ?? '' })],
  ['a good one that nothing vouches for', () => ({ refresh: anna.cookies.get('__Host-refresh') ?? '' })],
  ['a good one, cut', () => ({
    refresh: (anna.cookies.get('__Host-refresh') ?? '').slice(1),
    session: anna.cookies.get('__Host-session') ?? '',
  })],
  ['what vouches alone', () => ({ session: anna.cookies.get('__Host-session') ?? '' })],
  ['an access token that is none', () => ({ access: 'x', refresh: junk })],
  ['an access token of 3 KB', () => ({ access: 'x'.repeat(3_000), refresh: junk })],
] // biome-ignore format: a table

describe('cookies that we have not signed cost nothing', () => {
  test.each(JUNK)('%s: 20 of 20 without a call', async (_, make) => {
    const cookies = Object.fromEntries(Object.entries(make()).map(([name, value]) => [`__Host-${name}`, value]))
    const { answers, calls } = await asks(cookies, '/about')
    expect(calls).toEqual(nothing)
    for (const answer of answers) {
      expect(expectStatus(answer, 200).text).not.toContain('<script')
      // Whoever holds any is not given a copy, and their answer is nobody else's.
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
      const set = answer.headers.getSetCookie()
      expect(set.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-access', '__Host-refresh', '__Host-session'])
      for (const cookie of set) expect(cookie).toContain('Max-Age=0')
    }
  })

  test('on the API as well, where somebody is needed', async () => {
    const { answers, calls } = await asks({ '__Host-refresh': junk }, '/api/activities/home')
    expect(calls).toEqual(nothing)
    for (const answer of answers) expectStatus(answer, 401)
  })

  test('signing out with them asks nobody either', async () => {
    const before = [site.identity.count(), site.database.count()]
    const visitor = actors.visitor()
    visitor.cookies.set('__Host-refresh', junk)
    expectStatus(await visitor.delete('/api/session'), 204)
    expect([site.identity.count(), site.database.count()]).toEqual(before)
    expect(visitor.cookies.size).toBe(0)
  })
})

describe('a session of ours whose token has expired', () => {
  const tired = async (): Promise<{ person: Actor; cookies: Record<string, string> }> => {
    const person = await actors.join('ben')
    const { sub = '', auth_time, origin_jti } = decodeJwt(person.accessToken)
    const exp = Math.floor(Date.now() / 1000) - 60
    const pool = { ...site.cognito, keys: inject('pool').keys }
    const expired = await signAccessToken(pool, sub, { auth_time, origin_jti, exp })
    return { person, cookies: { ...Object.fromEntries(person.cookies), '__Host-access': expired } }
  }

  test('is refreshed', async () => {
    const { cookies } = await tired()
    const { answers, calls } = await asks(cookies, '/about', 1)
    expect(calls.cognito).toBe(1)
    expect(answers[0]?.text).toContain('<script')
  })

  test('is asked about once a minute when Cognito refuses it', async () => {
    const { person, cookies } = await tired()
    await fetch(site.cognito.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.RevokeToken',
      },
      body: JSON.stringify({ ClientId: site.cognito.clientId, Token: person.cookies.get('__Host-refresh') }),
    })
    const first = await asks(cookies, '/about', 1)
    expect(first.calls).toEqual({ cognito: 1, database: 0 })
    const { answers, calls } = await asks(cookies, '/about')
    expect(calls).toEqual(nothing)
    for (const answer of [...first.answers, ...answers]) {
      expect(expectStatus(answer, 200).text).not.toContain('<script')
      expect(answer.headers.getSetCookie()).toHaveLength(3)
    }
  })

  test('is kept, and asked about each time, while Cognito is down', async () => {
    const { cookies } = await tired()
    site.identity.setOutage(true)
    const { answers } = await asks(cookies, '/about', 3)
    site.identity.setOutage(false)
    for (const answer of answers) expect(expectStatus(answer, 200).headers.getSetCookie()).toEqual([])
    expect((await asks(cookies, '/about', 1)).answers[0]?.text).toContain('<script')
  })
})

test('the cookies of a session fit into what a browser keeps of one', () => {
  for (const [name, value] of anna.cookies) expect(name.length + value.length).toBeLessThan(4_096)
})
