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

const PAGE = () => `/search?term=${crypto.randomUUID()}`
const JSON_READ = () => `/api/activities/search?term=${crypto.randomUUID()}`

/** Headers by name, without those that each answer has of its own and those that count seconds. */
function headersOf({ headers }: Answer): Record<string, string> {
  const own = ['x-request-id', 'server-timing', 'date', 'cache-control', 'cdn-cache-control', 'content-length']
  return Object.fromEntries([...headers].filter(([name]) => !own.includes(name)))
}

describe.each([
  ['a page', PAGE],
  ['JSON', JSON_READ],
])('a hit of %s', (_, path) => {
  test('has the headers of the answer that the app made, an id of its own, and a line in the log', async () => {
    const at = path()
    const made = expectStatus(await actors.visitor().visits(at), 200)
    const hits = [await actors.visitor().visits(at), await actors.visitor().visits(at)]
    for (const hit of hits) {
      expect(headersOf(hit)).toEqual(headersOf(made))
      expect(hit.headers.get('server-timing')).toContain('desc="0"')
      const id = hit.headers.get('x-request-id')
      const lines = site.log.filter((line) => line.includes(String(id))).map((line) => JSON.parse(line))
      const [line] = lines.filter(({ event }) => event === 'request')
      expect(line).toMatchObject({ method: 'GET', route: at.split('?')[0], status: 200 })
    }
    expect(new Set([made, ...hits].map(({ headers }) => headers.get('x-request-id'))).size).toBe(3)
  })

  test('is no answer for anybody signed in, of another origin or by HEAD', async () => {
    const at = path()
    const [anna] = await users(site, 'anna')
    await actors.visitor().visits(at)
    expect((await anna.visits(at)).headers.get('cache-control')).toBe('private, no-store')
    const headers = { origin: APP, 'sec-fetch-site': 'cross-site' }
    const elsewhere = await actors.visitor().visits(at, headers)
    expect(elsewhere.headers.get('access-control-allow-origin')).toBe(at.startsWith('/api') ? APP : null)
    const own = await actors.visitor().visits(at)
    expect(own.headers.get('access-control-allow-origin')).toBeNull()
    expect((await actors.visitor().send('HEAD', at)).text).toBe('')
  })
})

test('JSON that has not changed is 304, with its ETag', async () => {
  const at = JSON_READ()
  const tag = (await actors.visitor().get(at)).headers.get('etag') ?? ''
  for (const asked of [tag, tag.replace('W/', ''), `"other", ${tag}`]) {
    const answer = expectStatus(await actors.visitor().get(at, { 'if-none-match': asked }), 304)
    expect(answer.text).toBe('')
    expect(answer.headers.get('etag')).toBe(tag)
  }
  expectStatus(await actors.visitor().get(at, { 'if-none-match': '"other"' }), 200)
})

test('neither the log nor a span has a search term', async () => {
  const term = crypto.randomUUID()
  const paths = [`/search?term=${term}`, `/api/activities/search?term=${term}`]
  for (const path of [...paths, ...paths]) expectStatus(await actors.visitor().visits(path), 200)
  const { headers } = await actors.visitor().get('/api/health-check')
  const id = headers.get('x-request-id') ?? ''
  await expect.poll(() => site.log.filter((line) => line.includes('"event":"trace"')).join()).toContain(id)
  expect(site.log.join()).toContain('cache_match')
  expect(site.log.join()).not.toContain(term)
})

test('a deletion shows at once in this isolate', async () => {
  const [anna] = await users(site, 'anna')
  const crud = await posts(anna, 'short-lived words')
  const at = `/api/activities/${crud.uuid}`
  for (const _ of [1, 2, 3]) expectStatus(await actors.visitor().get(at), 200)
  await anna.delete(at)
  expectStatus(await actors.visitor().get(at), 410)
})

test('an answer of the edge cache is no read that is limited', () =>
  withinAMinute(async () => {
    const visitor = actors.visitor()
    visitor.headers = { 'cf-connecting-ip': newIp() }
    const at = JSON_READ()
    for (let i = 0; i < 310; i += 1) await visitor.get('/api/health-check')
    expectStatus(await visitor.get('/api/health-check'), 429)
    expectStatus(await actors.visitor().get(at), 200)
    expectStatus(await visitor.get(at), 200)
    expectStatus(await visitor.get(JSON_READ()), 429)
  }))
