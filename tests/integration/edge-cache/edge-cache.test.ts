import { afterEach, describe, expect, test } from 'vitest'
import { CACHEABLE_ROUTES } from '../../../worker/edge-cache/cacheable-routes.ts'
import { toCacheable } from '../../../worker/edge-cache/canonical-url.ts'
import { openSite } from '../../harness/site.ts'
import { posts, replies, sendsMessage } from '../../support/actors/actions.ts'
import { postsWithImages } from '../../support/actors/images.ts'
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

/** The path of a new search, which is not cached yet. */
const uncachedPath = () => `/search?term=${crypto.randomUUID()}`

/** Links of a page to cacheable paths with query keys that the route does not list, and would drop. */
const linksWithUnknownKeys = (html: string) =>
  [...html.matchAll(/href="([^"]+)"/g)]
    .map(([, href = '']) => new URL(href.replaceAll('&amp;', '&'), site.origin))
    .filter((link) => {
      const cacheable = link.origin === site.origin ? toCacheable(link) : null
      return cacheable !== null && cacheable.url.searchParams.size < link.searchParams.size
    })
    .map(({ href }) => href)

describe('every path of the app', () => {
  test('is cached for signed-out users if its route is cacheable, and then costs no round trip; no other is', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const tag = `tag${crypto.randomUUID().slice(0, 8)}`
    const activity = await postsWithImages(anna, 1, { message: `about #${tag}` })
    await replies(ben, activity, 'so it is')
    const { message_group_uuid } = await sendsMessage(anna, ben, 'psst')
    const params: RouteParams = {
      handles: [anna.handle],
      uuids: [activity.uuid],
      groups: [message_group_uuid],
      tag,
      term: 'about',
    }
    const cached: string[] = []
    for (const route of [...PAGES, ...READS]) {
      for (const path of expandPaths(route, params)) {
        const first = await countTrips(site, actors.visitor(), path)
        const second = await countTrips(site, actors.visitor(), path)
        expect(first.trips, path).toBeLessThanOrEqual(1)
        for (const answer of [first, second]) {
          expect(answer.status, `${path}\n${answer.text}`).toBeLessThan(500)
          expect(answer.headers.get('vary'), path).toMatch(/Cookie, Authorization/)
          expect(answer.headers.get('server-timing'), path).toContain(`desc="${answer.trips}"`)
          expect(maxLifetimeOf(answer), path).toBeLessThanOrEqual(15)
        }
        expect(first.headers.get('x-request-id')).not.toBe(second.headers.get('x-request-id'))
        if (route in CACHEABLE_ROUTES) {
          expectStatus(first, 200)
          expect(linksWithUnknownKeys(first.text), path).toEqual([])
          expect(maxLifetimeOf(first), path).toBeGreaterThan(0)
          expect(maxLifetimeOf(second), path).toBeGreaterThan(0)
          expect(second.trips, path).toBe(0)
          cached.push(route)
        } else {
          expect(first.headers.get('cache-control'), path).toBe('no-store')
          expect(maxLifetimeOf(first) + maxLifetimeOf(second), path).toBe(0)
        }
      }
    }
    expect([...new Set(cached)].sort()).toEqual(Object.keys(CACHEABLE_ROUTES).sort())
  })

  test('all public reads are cacheable but the session’s, the health check and a report’s answer', async () => {
    const publicRoutes = []
    // Moderators' routes answer 404 to all others.
    for (const route of READS.filter((path) => !path.startsWith('/api/moderation/'))) {
      const params = { handles: ['nobody'], uuids: ['x'], groups: ['x'], tag: 'x', term: 'x' }
      const [path = ''] = expandPaths(route, params)
      if ((await actors.visitor().get(path)).status !== 401) publicRoutes.push(route)
    }
    const notCacheable = publicRoutes.filter((route) => !(route in CACHEABLE_ROUTES))
    expect(notCacheable.sort()).toEqual([
      '/api/health-check',
      '/api/reports/:reference',
      '/api/session',
      '/api/session/confirm',
      '/api/session/sign-up/handle',
    ])
  })
})

describe('not cached are', () => {
  test('a 404 of a user who signs up later', async () => {
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

  test('410, redirects and invalid requests', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { uuid } = await posts(anna, 'short')
    await anna.delete(`/api/activities/${uuid}`)
    const activity = await posts(anna, 'long')
    const cases = [
      [`/@${anna.handle}/status/${uuid}`, 410],
      [`/@${ben.handle}/status/${activity.uuid}`, 301],
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

  test('answers to invalid cookies, which delete them', async () => {
    const path = uncachedPath()
    const visitor = actors.visitor()
    const answer = await visitor.visits(path, { cookie: '__Host-access=x; __Host-refresh=y' })
    expect(answer.headers.getSetCookie()).toHaveLength(3)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    const withoutCookies = await countTrips(site, actors.visitor(), path)
    expect(withoutCookies.trips).toBe(1)
    expect(withoutCookies.headers.getSetCookie()).toEqual([])
  })
})

describe('concurrent requests', () => {
  test('50 for an uncached path make one round trip', async () => {
    const path = uncachedPath()
    const before = database.count()
    const all = await inParallel(50, () => actors.visitor().visits(path))
    expect(database.count() - before).toBe(1)
    for (const answer of all) expect(expectStatus(answer, 200).text).toMatch(/<\/html>$/)
  })

  test('a client that disconnects does not abort the page of the others, which is cached', async () => {
    const path = uncachedPath()
    const before = database.count()
    const lock = await holdTransaction(db)
    await lock.sql('lock table users in access exclusive mode')
    const controller = new AbortController()
    const aborted = fetch(new URL(path, site.origin), { signal: controller.signal }).catch(({ name }) => name)
    await lock.untilBlocked(1)
    const others = inParallel(10, () => actors.visitor().visits(path))
    controller.abort()
    expect(await aborted).toBe('AbortError')
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

describe('during a database outage', () => {
  test('a cache entry is served until it expires, then the error', async () => {
    const [anna] = await users(site, 'anna')
    const activity = await posts(anna, 'burning')
    const end = Date.now() + 4_500
    await db.sql('update activities set expires_at = $2 where uuid = $1', [activity.uuid, new Date(end).toISOString()])
    const paths = [`/@${anna.handle}/status/${activity.uuid}`, `/api/activities/${activity.uuid}`]
    for (const path of paths) expectStatus(await actors.visitor().visits(path), 200)
    database.setOutage(true)
    // Both at once, since their entries expire together.
    await Promise.all(
      paths.map(async (path) => {
        const maxLifetimes: number[] = []
        let answer = await actors.visitor().visits(path)
        for (; answer.status === 200; answer = await actors.visitor().visits(path)) {
          expect(Date.now(), path).toBeLessThan(end)
          maxLifetimes.push(maxLifetimeOf(answer))
        }
        expectStatus(answer, 503)
        expect(answer.headers.get('cache-control')).toContain('no-store')
        expect(Math.max(...maxLifetimes), path).toBeGreaterThan(0)
        expect(maxLifetimes).toEqual(maxLifetimes.toSorted((a, b) => b - a))
      }),
    )
    database.setOutage(false)
    const status = async () => (await actors.visitor().visits(paths[0] ?? '')).status
    await expect.poll(status).toBe(410)
  })

  test('a page that works without the database is not cached', async () => {
    database.setOutage(true)
    const path = '/search'
    expect(maxLifetimeOf(expectStatus(await actors.visitor().visits(path), 200))).toBe(0)
    database.setOutage(false)
    const answer = await countTrips(site, actors.visitor(), path)
    expect(answer.trips).toBe(1)
    expect(maxLifetimeOf(answer)).toBeGreaterThan(0)
  })

  test('a truncated database response is not cached', async () => {
    const path = '/api/activities/search?term=unheard'
    database.injectFault('cut off')
    expectErrors(await actors.visitor().get(path), 503, ['database_unavailable'])
    database.injectFault(null)
    const answer = await countTrips(site, actors.visitor(), path)
    expect(answer.trips).toBe(1)
    expect(answer.body).toEqual({ data: [], next_cursor: null })
  })
})

describe('a cache hit', () => {
  test('of JSON answers 304 with the remaining lifetime; pages never do', async () => {
    const path = '/api/activities/search?term=nothing'
    const { headers } = await actors.visitor().get(path)
    const tag = headers.get('etag') ?? ''
    const second = await countTrips(site, actors.visitor(), path, { 'if-none-match': tag })
    expectStatus(second, 304)
    expect(second.trips).toBe(0)
    expect(second.headers.get('cache-control')).toMatch(/^public, max-age=0, s-maxage=\d+$/)
    expect(maxLifetimeOf(second)).toBeGreaterThan(0)
    const page = await actors.visitor().visits('/about', { 'if-none-match': '*' })
    expect(expectStatus(page, 200).headers.get('etag')).toBeNull()
  })

  test('has CORS headers for the origin of each request', async () => {
    const path = '/api/activities/search?term=elsewhere'
    const from = (origin: string) =>
      countTrips(site, actors.visitor(), path, { origin, 'sec-fetch-site': 'cross-site' })
    expect((await countTrips(site, actors.visitor(), path)).headers.get('access-control-allow-origin')).toBeNull()
    for (const [origin, allowedOrigin] of [
      [APP, APP],
      ['https://evil.example', null],
      [APP, APP],
    ] as const) {
      const answer = await from(origin)
      expect(answer.trips).toBe(0)
      expect(answer.headers.get('access-control-allow-origin')).toBe(allowedOrigin)
      expect(answer.headers.get('vary')).toMatch(/Origin/)
    }
  })

  test('has the headers of every answer, and no script', async () => {
    const path = uncachedPath()
    for (const answer of [
      await countTrips(site, actors.visitor(), path),
      await countTrips(site, actors.visitor(), path),
    ]) {
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'none'")
      expect(answer.headers.get('content-security-policy')).not.toContain('nonce')
      expect(answer.headers.get('content-security-policy')).toMatch(/style-src 'self' 'sha256-/)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.getSetCookie()).toEqual([])
      expect(answer.text).not.toContain('<script')
    }
  })
})
