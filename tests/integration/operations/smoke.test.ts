import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { smoke } from '../../../release/smoke/smoke.ts'
import { openSite } from '../../harness/site.ts'
import { openTamperingProxy, type ResponseInTransit } from '../../support/faults/tampering-proxy.ts'

const site = await openSite({ settings: { EDGE_CACHE_SECONDS: '15' } })
const anna = await site.actors.join('anna')
const account = { email: anna.email, password: anna.details.password }
const proxy = await openTamperingProxy(site.origin)
const { tamper: unchanged } = proxy

afterEach(() => {
  proxy.tamper = unchanged
  site.database.setOutage(false)
})
afterAll(() => proxy.close())

/** The names of the checks that fail, and why. */
async function failures(options: Parameters<typeof smoke>[0]): Promise<Record<string, string>> {
  const outcomes = await smoke(options)
  return Object.fromEntries(outcomes.flatMap(({ name, reason }) => (reason ? [[name, reason]] : [])))
}

/** The failures when answers are changed in transit. */
function failuresWith(
  tamper: (transit: ResponseInTransit) => ResponseInTransit | null,
  options: Omit<Parameters<typeof smoke>[0], 'origin'> = {},
): Promise<Record<string, string>> {
  proxy.tamper = tamper
  return failures({ origin: proxy.origin, ...options })
}

const ownActivities = () =>
  site.db.sql('select uuid from activities where user_uuid = (select uuid from users where handle = $1)', [anna.handle])

describe('the built site passes', () => {
  test('signed out and signed in, and removes what it created', async () => {
    const outcomes = await smoke({ origin: site.origin, account })
    expect(outcomes.filter(({ reason }) => reason)).toEqual([])
    expect(outcomes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['database', 'delete the activity', 'sign out']),
    )
    expect(await ownActivities()).toEqual([])
  })

  test('as a command, which exits with 0 and prints no secret', async () => {
    const { stdout, stderr } = await command({ SMOKE_EMAIL: account.email, SMOKE_PASSWORD: account.password })
    expect(stdout).toMatch(/^ok {6}health \(\d+ ms\)$/m)
    expect(stdout).toMatch(/^17 checks, 0 failed$/m)
    for (const secret of [account.email, account.password]) expect(stdout + stderr).not.toContain(secret)
  })
})

describe('it reports', () => {
  const without = (name: string, path: RegExp) => (transit: ResponseInTransit) => {
    const { [name]: _, ...headers } = transit.headers
    return path.test(transit.path) ? { ...transit, headers } : transit
  }
  const withHeader = (name: string, value: string, path: RegExp) => (transit: ResponseInTransit) =>
    path.test(transit.path) ? { ...transit, headers: { ...transit.headers, [name]: value } } : transit

  test.each([
    ['a page without CSP', without('content-security-policy', /^\/$/), 'policy and headers of a page'],
    [
      'a CSP that allows script',
      withHeader('content-security-policy', "default-src 'none'", /^\/$/),
      'policy and headers of a page',
    ],
    ['a page without nosniff', without('x-content-type-options', /^\/$/), 'policy and headers of a page'],
    [
      'HTML that browsers may cache',
      withHeader('cache-control', 'public, max-age=60', /^\/about/),
      'pages cached only by the edge',
    ],
    ['HTML that the edge does not cache', without('cdn-cache-control', /^\/about/), 'pages cached only by the edge'],
    [
      'a CSP that blocks the inline style',
      withHeader('content-security-policy', "default-src 'none'; style-src 'self'", /^\/about/),
      'inline style of a page',
    ],
    [
      'a missing asset that is cached for a year',
      withHeader('cache-control', 'public, max-age=31536000, immutable', /missing/),
      'missing asset',
    ],
    ['JSON without ETag', without('etag', /everyone/), 'JSON with ETag'],
  ])('%s', async (_, tamper, check) => {
    expect(Object.keys(await failuresWith(tamper))).toEqual([check])
  })

  test.each([
    ['is not immutable', withHeader('cache-control', 'no-store', /\.css$/)],
    ['has no nosniff', without('x-content-type-options', /\.css$/)],
  ])('an asset that %s', async (_, tamper) => {
    expect(Object.keys(await failuresWith(tamper, { account }))).toEqual(['hashed assets'])
  })

  test('a missing style sheet', async () => {
    const missing = (transit: ResponseInTransit) =>
      transit.path.endsWith('.css') ? { ...transit, status: 404 } : transit
    const reason = expect.stringMatching(/answered 404 instead of 200$/)
    expect(await failuresWith(missing, { account })).toEqual({ 'hashed assets': reason })
  })

  test('script on a public page', async () => {
    const withScript = (transit: ResponseInTransit) =>
      transit.path === '/' ? { ...transit, body: `${transit.body}<script>1</script>` } : transit
    expect(await failuresWith(withScript)).toEqual({ 'no script when signed out': '/ has a script' })
  })

  test('a missing answer', async () => {
    const withoutAnswer = (transit: ResponseInTransit) => (transit.path === '/no-such-page' ? null : transit)
    expect(await failuresWith(withoutAnswer, { timeout: 5_000 })).toEqual({
      'unknown URLs': 'no answer within 5000 ms',
    })
  })

  test('an unexpected version', async () => {
    const found = await failures({ origin: site.origin, version: 'a0000000-0000-4000-8000-000000000000' })
    expect(Object.keys(found)).toEqual(['health'])
  })

  test('a database outage', async () => {
    site.database.setOutage(true)
    const found = await failures({ origin: site.origin, account })
    expect(found).toMatchObject({ database: '/api/health-check?deep=1 answered 503 instead of 200' })
    expect(found).not.toHaveProperty('health')
  })

  test('wrong credentials, without printing them', async () => {
    const found = await failures({ origin: site.origin, account: { ...account, password: 'Not-the-one-2026!' } })
    expect(found).toEqual({ 'sign in': '/api/session answered 401 instead of 200' })
  })

  test('a failure midway, and removes what it created', async () => {
    proxy.tamper = (transit) => (transit.path.includes('/status/') ? { ...transit, status: 500 } : transit)
    const found = await failures({ origin: proxy.origin, account })
    expect(Object.keys(found)).toEqual(['read the activity when signed out'])
    expect(await ownActivities()).toEqual([])
  })

  test('by exit code 1 of the command', async () => {
    site.database.setOutage(true)
    await expect(command({})).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^FAILED {2}database: /m),
    })
  })
})

function command(env: Record<string, string>) {
  const { SMOKE_EMAIL: _, SMOKE_PASSWORD: __, ...rest } = process.env
  const script = join(import.meta.dirname, '../../../release/smoke.ts')
  return promisify(execFile)(process.execPath, [script, site.origin], { env: { ...rest, ...env } })
}
