import { afterEach, describe, expect, test } from 'vitest'
import { CACHEABLE_ROUTES, toCacheable } from '../../../worker/edge-cache/cacheable-routes.ts'
import { openSite } from '../../harness/site.ts'
import { posts, replies, sendsMessage } from '../../support/actors/actions.ts'
import { users } from '../../support/actors/many-users.ts'
import { countTrips, maxLifetimeOf } from '../../support/assertions/cached-response.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { holdTransaction, inParallel } from '../../support/faults/held-transaction.ts'
import { expandPaths, PAGES, READS, type RouteParams } from '../../support/fixtures/request-paths.ts'

const APP = 'https://app.example'
const site = await openSite({ settings: { EDGE_CACHE_SECONDS: '15', ALLOWED_ORIGINS: APP } })
const { database, db, actors } = site
afterEach(() => {
  database.setOutage(false)
  database.injectFault(null)
})

/** A search that nobody has made yet: its answers are in no cache. */
const unasked = () => `/search?term=${crypto.randomUUID()}`

/** The links of a page that lead to what is kept, with a query of which the list does not know all. */
const forgetful = (html: string) =>
  [...html.matchAll(/href="([^"]+)"/g)]
    .map(([, href = '']) => new URL(href.replaceAll('&amp;', '&'), site.origin))
    .filter((link) => {
      const cacheable = link.origin === site.origin ? toCacheable(link) : null
      return cacheable !== null && cacheable.url.searchParams.size < link.searchParams.size
    })
    .map(({ href }) => href)

describe('every address that the app has', () => {
  test('is kept for who is signed out if it is on the list, and then costs no trip; no other is', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const tag = `tag${crypto.randomUUID().slice(0, 8)}`
    const crud = await posts(anna, `about #${tag}`)
    await replies(ben, crud, 'so it is')
    const { message_group_uuid } = await sendsMessage(anna, ben, 'psst')
    const places: RouteParams = {
      handles: [anna.handle],
      uuids: [crud.uuid],
      groups: [message_group_uuid],
      tag,
      term: 'about',
    }
    const kept: string[] = []
    for (const route of [...PAGES, ...READS]) {
      for (const path of expandPaths(route, places)) {
        const first = await countTrips(site, actors.visitor(), path)
        const again = await countTrips(site, actors.visitor(), path)
        expect(first.trips, path).toBeLessThanOrEqual(1)
        for (const answer of [first, again]) {
          expect(answer.status, `${path}\n${answer.text}`).toBeLessThan(500)
          expect(answer.headers.get('vary'), path).toMatch(/Cookie, Authorization/)
          expect(answer.headers.get('server-timing'), path).toContain(`desc="${answer.trips}"`)
          expect(maxLifetimeOf(answer), path).toBeLessThanOrEqual(15)
        }
        expect(first.headers.get('x-request-id')).not.toBe(again.headers.get('x-request-id'))
        if (route in CACHEABLE_ROUTES) {
          expectStatus(first, 200)
          expect(forgetful(first.text), path).toEqual([])
          expect(maxLifetimeOf(first), path).toBeGreaterThan(0)
          expect(maxLifetimeOf(again), path).toBeGreaterThan(0)
          expect(again.trips, path).toBe(0)
          kept.push(route)
        } else {
          expect(first.headers.get('cache-control'), path).toBe('no-store')
          expect(maxLifetimeOf(first) + maxLifetimeOf(again), path).toBe(0)
        }
      }
    }
    expect([...new Set(kept)].sort()).toEqual(Object.keys(CACHEABLE_ROUTES).sort())
  })

  test('of reads that anybody may make, all are on the list but those about the browser that asks, and whether we are well', async () => {
    const anonymous = []
    for (const route of READS) {
      const places = { handles: ['nobody'], uuids: ['x'], groups: ['x'], tag: 'x', term: 'x' }
      const [path = ''] = expandPaths(route, places)
      if ((await actors.visitor().get(path)).status !== 401) anonymous.push(route)
    }
    const open = anonymous.filter((route) => !(route in CACHEABLE_ROUTES))
    expect(open.sort()).toEqual(['/api/health-check', '/api/session', '/api/session/confirm'])
  })
})

describe('what is not kept', () => {
  test('nobody, before they come', async () => {
    const anna = actors.unregistered('anna')
    for (const path of [`/@${anna.handle}`, `/api/users/@${anna.handle}`]) {
      const answer = expectStatus(await actors.visitor().visits(path), 404)
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
    await anna.signsUp()
    await anna.confirms()
    for (const path of [`/@${anna.handle}`, `/api/users/@${anna.handle}`])
      expectStatus(await actors.visitor().visits(path), 200)
  })

  test('a crud that is gone, a way to its right address, a refused term', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { uuid } = await posts(anna, 'short')
    await anna.delete(`/api/activities/${uuid}`)
    const crud = await posts(anna, 'long')
    const cases = [
      [`/@${anna.handle}/status/${uuid}`, 410],
      [`/@${ben.handle}/status/${crud.uuid}`, 301],
      ['/search?term=', 422],
      ['/api/activities/everyone?limit=0', 400],
      ['/api/activities/everyone?cursor=x', 400],
    ] as const
    for (const [path, status] of cases) {
      for (const _ of [1, 2]) {
        const answer = expectStatus(await actors.visitor().visits(path), status)
        expect(answer.headers.get('cache-control'), path).toBe('no-store')
        expect(maxLifetimeOf(answer), path).toBe(0)
      }
    }
  })

  test('for cookies that are not good: the answer takes them away from one reader alone', async () => {
    const path = unasked()
    const visitor = actors.visitor()
    const answer = await visitor.visits(path, { cookie: '__Host-access=x; __Host-refresh=y' })
    expect(answer.headers.getSetCookie()).toHaveLength(3)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    const plain = await countTrips(site, actors.visitor(), path)
    expect(plain.trips).toBe(1)
    expect(plain.headers.getSetCookie()).toEqual([])
  })
})

describe('many at once', () => {
  test('50 on an address that nobody has asked for: one trip', async () => {
    const path = unasked()
    const before = database.count()
    const all = await inParallel(50, () => actors.visitor().visits(path))
    expect(database.count() - before).toBe(1)
    for (const answer of all) expect(expectStatus(answer, 200).text).toMatch(/<\/html>$/)
  })

  test('a reader who leaves takes nothing along: the others get the whole page, and the next ones its copy', async () => {
    const path = unasked()
    const before = database.count()
    const lock = await holdTransaction(db)
    await lock.sql('lock table users in access exclusive mode')
    const leaving = new AbortController()
    const left = fetch(new URL(path, site.origin), { signal: leaving.signal }).catch(({ name }) => name)
    await lock.untilBlocked(1)
    const others = inParallel(10, () => actors.visitor().visits(path))
    leaving.abort()
    expect(await left).toBe('AbortError')
    await lock.commit()
    for (const { status, text } of await others) {
      expect(status).toBe(200)
      expect(text).toMatch(/<\/html>$/)
    }
    expect(database.count() - before).toBe(1)
    const next = await countTrips(site, actors.visitor(), path)
    expect(next.text).toMatch(/<\/html>$/)
    expect(next.trips).toBe(0)
  })
})

describe('the database goes away', () => {
  test('a copy is served while it lives, and then the error', async () => {
    const [anna] = await users(site, 'anna')
    const crud = await posts(anna, 'burning')
    const end = Date.now() + 4_500
    await db.sql('update activities set expires_at = $2 where uuid = $1', [crud.uuid, new Date(end).toISOString()])
    const addresses = [`/@${anna.handle}/status/${crud.uuid}`, `/api/activities/${crud.uuid}`]
    for (const path of addresses) expectStatus(await actors.visitor().visits(path), 200)
    database.setOutage(true)
    for (const path of addresses) {
      const seen: number[] = []
      let answer = await actors.visitor().visits(path)
      for (; answer.status === 200; answer = await actors.visitor().visits(path)) {
        expect(Date.now()).toBeLessThan(end)
        seen.push(maxLifetimeOf(answer))
      }
      expectStatus(answer, 503)
      expect(answer.headers.get('cache-control')).toContain('no-store')
      if (path === addresses[0]) expect(Math.max(...seen)).toBeGreaterThan(0)
      expect(seen).toEqual(seen.toSorted((a, b) => b - a))
    }
    database.setOutage(false)
    const status = async () => (await actors.visitor().visits(addresses[0] ?? '')).status
    await expect.poll(status).toBe(410)
  })

  test('nothing of it is kept, also where the page bears it', async () => {
    database.setOutage(true)
    const path = '/search'
    expect(maxLifetimeOf(expectStatus(await actors.visitor().visits(path), 200))).toBe(0)
    database.setOutage(false)
    const answer = await countTrips(site, actors.visitor(), path)
    expect(answer.trips).toBe(1)
    expect(maxLifetimeOf(answer)).toBeGreaterThan(0)
  })

  test('an answer that breaks off is none', async () => {
    const path = '/api/activities/search?term=unheard'
    database.injectFault('cut off')
    expectErrors(await actors.visitor().get(path), 503, ['database_unavailable'])
    database.injectFault(null)
    const answer = await countTrips(site, actors.visitor(), path)
    expect(answer.trips).toBe(1)
    expect(answer.body).toEqual({ data: [], next_cursor: null })
  })
})

describe('asked again', () => {
  test('JSON: 304 from the copy, for no longer than it lives; a page never', async () => {
    const path = '/api/activities/search?term=nothing'
    const { headers } = await actors.visitor().get(path)
    const tag = headers.get('etag') ?? ''
    const again = await countTrips(site, actors.visitor(), path, { 'if-none-match': tag })
    expectStatus(again, 304)
    expect(again.trips).toBe(0)
    expect(again.headers.get('cache-control')).toMatch(/^public, max-age=0, s-maxage=\d+$/)
    expect(maxLifetimeOf(again)).toBeGreaterThan(0)
    const page = await actors.visitor().visits('/about', { 'if-none-match': '*' })
    expect(expectStatus(page, 200).headers.get('etag')).toBeNull()
  })

  test('by scripts of another origin: each is told whether it may read the copy', async () => {
    const path = '/api/activities/search?term=elsewhere'
    const from = (origin: string) =>
      countTrips(site, actors.visitor(), path, { origin, 'sec-fetch-site': 'cross-site' })
    expect((await countTrips(site, actors.visitor(), path)).headers.get('access-control-allow-origin')).toBeNull()
    for (const [origin, told] of [
      [APP, APP],
      ['https://evil.example', null],
      [APP, APP],
    ] as const) {
      const answer = await from(origin)
      expect(answer.trips).toBe(0)
      expect(answer.headers.get('access-control-allow-origin')).toBe(told)
      expect(answer.headers.get('vary')).toMatch(/Origin/)
    }
  })

  test('a copy carries what every answer carries, and no script', async () => {
    const path = unasked()
    for (const asked of [
      await countTrips(site, actors.visitor(), path),
      await countTrips(site, actors.visitor(), path),
    ]) {
      expect(asked.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(asked.headers.get('cache-control')).toBe('no-store')
      expect(asked.headers.get('content-security-policy')).toContain("script-src 'none'")
      expect(asked.headers.get('content-security-policy')).not.toContain('nonce')
      expect(asked.headers.get('content-security-policy')).toMatch(/style-src 'self' 'sha256-/)
      expect(asked.headers.get('x-content-type-options')).toBe('nosniff')
      expect(asked.headers.getSetCookie()).toEqual([])
      expect(asked.text).not.toContain('<script')
    }
  })
})
