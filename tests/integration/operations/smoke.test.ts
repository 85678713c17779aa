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
const meddler = await openTamperingProxy(site.origin)
const { tamper: untouched } = meddler

afterEach(() => {
  meddler.tamper = untouched
  site.database.setOutage(false)
})
afterAll(() => meddler.close())

/** The names of the checks that fail, and why. */
async function failures(options: Parameters<typeof smoke>[0]): Promise<Record<string, string>> {
  const outcomes = await smoke(options)
  return Object.fromEntries(outcomes.flatMap(({ name, reason }) => (reason ? [[name, reason]] : [])))
}

/** What fails when answers are changed on their way. */
function failuresWith(
  meddle: (passing: ResponseInTransit) => ResponseInTransit | null,
  options: Omit<Parameters<typeof smoke>[0], 'origin'> = {},
): Promise<Record<string, string>> {
  meddler.tamper = meddle
  return failures({ origin: meddler.origin, ...options })
}

const lives = () =>
  site.db.sql('select uuid from activities where user_uuid = (select uuid from users where handle = $1)', [anna.handle])

describe('the built site passes', () => {
  test('signed out and signed in, and nothing is left of it', async () => {
    const outcomes = await smoke({ origin: site.origin, account })
    expect(outcomes.filter(({ reason }) => reason)).toEqual([])
    expect(outcomes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['database', 'put the crud out', 'sign out']),
    )
    expect(await lives()).toEqual([])
  })

  test('through the command, which ends with 0 and tells no secret', async () => {
    const { stdout, stderr } = await command({ SMOKE_EMAIL: account.email, SMOKE_PASSWORD: account.password })
    expect(stdout).toMatch(/^ok {6}health \(\d+ ms\)$/m)
    expect(stdout).toMatch(/^17 checks, 0 failed$/m)
    for (const secret of [account.email, account.password]) expect(stdout + stderr).not.toContain(secret)
  })
})

describe('it fails', () => {
  const without = (name: string, path: RegExp) => (passing: ResponseInTransit) => {
    const { [name]: _, ...headers } = passing.headers
    return path.test(passing.path) ? { ...passing, headers } : passing
  }
  const withHeader = (name: string, value: string, path: RegExp) => (passing: ResponseInTransit) =>
    path.test(passing.path) ? { ...passing, headers: { ...passing.headers, [name]: value } } : passing

  test.each([
    ['a page without policy', without('content-security-policy', /^\/$/), 'policy and headers of a page'],
    [
      'a policy that allows script',
      withHeader('content-security-policy', "default-src 'none'", /^\/$/),
      'policy and headers of a page',
    ],
    ['a page without nosniff', without('x-content-type-options', /^\/$/), 'policy and headers of a page'],
    [
      'HTML that a browser may keep',
      withHeader('cache-control', 'public, max-age=60', /^\/about/),
      'HTML kept by the edge alone',
    ],
    ['HTML that the edge does not keep', without('cdn-cache-control', /^\/about/), 'HTML kept by the edge alone'],
    [
      'a policy that does not allow the inline style',
      withHeader('content-security-policy', "default-src 'none'; style-src 'self'", /^\/about/),
      'inline style of a page',
    ],
    [
      'a missing asset that is kept for a year',
      withHeader('cache-control', 'public, max-age=31536000, immutable', /missing/),
      'missing asset',
    ],
    ['JSON without ETag', without('etag', /everyone/), 'JSON with ETag'],
  ])('for %s', async (_, meddle, check) => {
    expect(Object.keys(await failuresWith(meddle))).toEqual([check])
  })

  test.each([
    ['is not immutable', withHeader('cache-control', 'no-store', /\.css$/)],
    ['has no nosniff', without('x-content-type-options', /\.css$/)],
  ])('for an asset that %s', async (_, meddle) => {
    expect(Object.keys(await failuresWith(meddle, { account }))).toEqual(['hashed assets'])
  })

  test('for a style sheet that is gone', async () => {
    const gone = (passing: ResponseInTransit) => (passing.path.endsWith('.css') ? { ...passing, status: 404 } : passing)
    const reason = expect.stringMatching(/answered 404 instead of 200$/)
    expect(await failuresWith(gone, { account })).toEqual({ 'hashed assets': reason })
  })

  test('for script on a public page', async () => {
    const scripted = (passing: ResponseInTransit) =>
      passing.path === '/' ? { ...passing, body: `${passing.body}<script>1</script>` } : passing
    expect(await failuresWith(scripted)).toEqual({ 'no script for signed-out readers': '/ brings script' })
  })

  test('for an answer that does not come', async () => {
    const silent = (passing: ResponseInTransit) => (passing.path === '/no-such-page' ? null : passing)
    expect(await failuresWith(silent, { timeout: 3_000 })).toEqual({ 'unknown addresses': 'no answer within 3000 ms' })
  })

  test('for another version than was meant', async () => {
    const found = await failures({ origin: site.origin, version: 'a0000000-0000-4000-8000-000000000000' })
    expect(Object.keys(found)).toEqual(['health'])
  })

  test('for a database that is down', async () => {
    site.database.setOutage(true)
    const found = await failures({ origin: site.origin, account })
    expect(found).toMatchObject({ database: '/api/health-check?deep=1 answered 503 instead of 200' })
    expect(found).not.toHaveProperty('health')
  })

  test('for an account that is not there, without telling it', async () => {
    const found = await failures({ origin: site.origin, account: { ...account, password: 'Not-the-one-2026!' } })
    expect(found).toEqual({ 'sign in': '/api/session answered 401 instead of 200' })
  })

  test('and undoes what was begun', async () => {
    meddler.tamper = (passing) => (passing.path.includes('/status/') ? { ...passing, status: 500 } : passing)
    const found = await failures({ origin: meddler.origin, account })
    expect(Object.keys(found)).toEqual(['read the crud, signed out'])
    expect(await lives()).toEqual([])
  })

  test('with 1 from the command', async () => {
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
