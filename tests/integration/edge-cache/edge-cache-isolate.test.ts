import { afterEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { posts } from '../../support/actors/actions.ts'
import { users } from '../../support/actors/many-users.ts'
import { newIp } from '../../support/actors/networks.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { withinAMinute } from '../../support/assertions/within-a-minute.ts'

const APP = 'https://app.example'
const site = await openSite({ traced: true, settings: { EDGE_CACHE_SECONDS: '15', ALLOWED_ORIGINS: APP } })
const { database, actors } = site
afterEach(() => database.setOutage(false))

const searchPage = () => `/search?term=${crypto.randomUUID()}`
const searchApi = () => `/api/activities/search?term=${crypto.randomUUID()}`

/** Headers by name, except headers that differ with each answer, count seconds or say how the body is sent. */
function comparableHeaders({ headers }: Answer): Record<string, string> {
  const perAnswer = ['x-request-id', 'server-timing', 'date', 'cache-control', 'cdn-cache-control']
  perAnswer.push('content-length', 'content-encoding', 'transfer-encoding', 'connection')
  return Object.fromEntries([...headers].filter(([name]) => !perAnswer.includes(name)))
}

describe.each([
  ['a page', searchPage],
  ['JSON', searchApi],
])('a hit of %s', (_, newPath) => {
  test('has the headers of the original answer, its own request id and a log line', async () => {
    const path = newPath()
    const original = expectStatus(await actors.visitor().visits(path), 200)
    const hits = [await actors.visitor().visits(path), await actors.visitor().visits(path)]
    for (const hit of hits) {
      expect(comparableHeaders(hit)).toEqual(comparableHeaders(original))
      expect(hit.headers.get('server-timing')).toContain('desc="0"')
      const id = hit.headers.get('x-request-id')
      const lines = site.log.filter((line) => line.includes(String(id))).map((line) => JSON.parse(line))
      const [line] = lines.filter(({ event }) => event === 'request')
      expect(line).toMatchObject({ method: 'GET', route: path.split('?')[0], status: 200 })
    }
    expect(new Set([original, ...hits].map(({ headers }) => headers.get('x-request-id'))).size).toBe(3)
  })

  test('is not served to signed-in users, other origins or HEAD', async () => {
    const path = newPath()
    const [anna] = await users(site, 'anna')
    await actors.visitor().visits(path)
    const signedIn = expectStatus(await anna.visits(path), 200)
    expect(signedIn.headers.get('cache-control')).toBe('private, no-store')
    expect(signedIn.headers.get('server-timing')).toContain('desc="1"')
    const headers = { origin: APP, 'sec-fetch-site': 'cross-site' }
    const crossOrigin = await actors.visitor().visits(path, headers)
    expect(crossOrigin.headers.get('access-control-allow-origin')).toBe(path.startsWith('/api') ? APP : null)
    const sameOrigin = await actors.visitor().visits(path)
    expect(sameOrigin.headers.get('access-control-allow-origin')).toBeNull()
    const head = expectStatus(await actors.visitor().send('HEAD', path), 200)
    expect(comparableHeaders(head)).toEqual(comparableHeaders(sameOrigin))
  })
})

test('unchanged JSON answers 304 with its ETag', async () => {
  const path = searchApi()
  const tag = (await actors.visitor().get(path)).headers.get('etag') ?? ''
  for (const ifNoneMatch of [tag, tag.replace('W/', ''), `"other", ${tag}`]) {
    const answer = expectStatus(await actors.visitor().get(path, { 'if-none-match': ifNoneMatch }), 304)
    expect(answer.text).toBe('')
    expect(answer.headers.get('etag')).toBe(tag)
  }
  expectStatus(await actors.visitor().get(path, { 'if-none-match': '"other"' }), 200)
})

test('neither logs nor spans contain a search term', async () => {
  const term = crypto.randomUUID()
  const paths = [`/search?term=${term}`, `/api/activities/search?term=${term}`]
  for (const path of [...paths, ...paths]) expectStatus(await actors.visitor().visits(path), 200)
  const { headers } = await actors.visitor().get('/api/health-check')
  const id = headers.get('x-request-id') ?? ''
  await expect.poll(() => site.log.filter((line) => line.includes('"event":"trace"')).join()).toContain(id)
  expect(site.log.join()).toContain('cache_match')
  expect(site.log.join()).not.toContain(term)
})

test('a deletion shows at once in the same isolate', async () => {
  const [anna] = await users(site, 'anna')
  const activity = await posts(anna, 'short-lived words')
  const path = `/api/activities/${activity.uuid}`
  for (const _ of [1, 2, 3]) expectStatus(await actors.visitor().get(path), 200)
  await anna.delete(path)
  expectStatus(await actors.visitor().get(path), 410)
})

test('an edge-cache hit does not count for the rate limit', () =>
  withinAMinute(async () => {
    const visitor = actors.visitor()
    visitor.headers = { 'cf-connecting-ip': newIp() }
    const path = searchApi()
    for (let i = 0; i < 310; i += 1) await visitor.get('/api/health-check')
    expectStatus(await visitor.get('/api/health-check'), 429)
    expectStatus(await actors.visitor().get(path), 200)
    expectStatus(await visitor.get(path), 200)
    expectStatus(await visitor.get(searchApi()), 429)
  }))
