import { request } from 'node:http'
import { beforeAll, describe, expect, test } from 'vitest'
import { CACHEABLE_ROUTES } from '../../../worker/edge-cache/cacheable-routes.ts'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { posts, sendsMessage } from '../../support/actors/actions.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'
import { countTrips, maxLifetimeOf, withoutAge } from '../../support/assertions/cached-response.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { expandPaths, PAGES, READS, type RouteParams } from '../../support/fixtures/request-paths.ts'

const site = await openSite({ settings: { EDGE_CACHE_SECONDS: '15' } })
const { actors } = site

// Xenia and Ben are the viewers; Cleo's activities are what they see.
let xenia: Actor
let ben: Actor
let cleo: ApiUser
let params: RouteParams
beforeAll(async () => {
  ;[xenia, ben] = await Promise.all([actors.join('xenia'), actors.join('ben')])
  ;[cleo] = await users(site, 'cleo')
  const tag = `tag${crypto.randomUUID().slice(0, 8)}`
  const { uuid } = await posts(cleo, `for everybody #${tag}`)
  const { message_group_uuid } = await sendsMessage(cleo, ben, 'for ben alone')
  params = { handles: [cleo.handle], uuids: [uuid], groups: [message_group_uuid], tag, term: 'everybody' }
})

/** Texts that only answers to this actor contain. */
const marksOf = (actor: Actor) => [actor.handle, actor.email, actor.accessToken]
const marksIn = (answer: Answer, marks: string[]) =>
  marks.filter((mark) => answer.text.includes(mark) || JSON.stringify([...answer.headers]).includes(mark))

/** Sends a request with an exact path and any headers, which fetch would normalise or refuse. */
function requestRaw(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; text: string }> {
  const { hostname, port } = new URL(site.origin)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers: { 'sec-fetch-site': 'none', ...headers } }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => {
        text += chunk
      })
      answer.on('end', () => {
        const all = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as [string, string])
        resolve({ status: answer.statusCode ?? 0, headers: new Headers(all), text })
      })
    })
    sent.on('error', reject).end()
  })
}

describe('no answer leaks to another viewer', () => {
  test('on any path, requested by one user, signed out and by another', async () => {
    const routes = [...PAGES, ...READS].filter((route) => route !== '/signout')
    const paths = routes.flatMap((route) => expandPaths(route, params).map((path) => ({ route, path })))
    for (const { route, path } of paths) {
      const first = await xenia.visits(path)
      const signedOut = await actors.visitor().visits(path)
      const last = await ben.visits(path)
      for (const answer of [first, last]) {
        expect(answer.headers.get('cache-control'), path).toBe('private, no-store')
        expect(maxLifetimeOf(answer), path).toBe(0)
      }
      expect(marksIn(first, marksOf(ben)), path).toEqual([])
      expect(marksIn(signedOut, [...marksOf(xenia), ...marksOf(ben)]), path).toEqual([])
      expect(signedOut.headers.getSetCookie(), path).toEqual([])
      expect(marksIn(last, marksOf(xenia)), path).toEqual([])
      // Signed-in users get their own page even if the path is cached.
      if (route in CACHEABLE_ROUTES && PAGES.includes(route)) {
        expect(marksIn(first, [xenia.handle]), path).toEqual([xenia.handle])
        expect(marksIn(last, [ben.handle]), path).toEqual([ben.handle])
      }
    }
  })

  test('a Bearer token, valid or not, bypasses the cache', async () => {
    const path = `/api/activities/${params.uuids[0]}`
    expect((await countTrips(site, actors.visitor(), path)).body.viewer).toBeNull()
    expect((await actors.visitor().get(path)).body.viewer).toBeNull()
    const answer = expectStatus(await xenia.asApiClient().get(path), 200)
    expect(answer.body.viewer).toEqual({ liked: false, reposted: false, can_reply: true })
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    for (const authorization of ['Bearer x', 'Basic YTpi', 'x'])
      expectErrors(await actors.visitor().get(path, { authorization }), 401, ['unauthorized'])
    expect((await actors.visitor().get(path)).body.viewer).toBeNull()
  })

  test('other cookies do not bypass the cache', async () => {
    const path = `/@${params.handles[0]}`
    await actors.visitor().visits(path)
    const answer = await countTrips(site, actors.visitor(), path, { cookie: 'theme=dark; __Host-other=x; access=y' })
    expect(answer.trips).toBe(0)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})

describe('a path that looks like a cacheable one', () => {
  const confusingPaths = () => [
    '/api/session/x.css',
    '/api/session%2Fx.css',
    '/api/session/..%2fx.css',
    '/api/session/.css',
    '/api/session/',
    '/api/session;x.css',
    '/api/session%00.css',
    '/api/notifications/x.js',
    '/settings/x.css',
    '/settings%2f..%2fabout',
    '/settings/..%2fabout',
    '/notifications.css',
    '/messages/x.png',
    '/about/',
    '/about/x.css',
    '/about.css',
    '/about%3Fx',
    '/ABOUT',
    '/%61bout',
    '//about',
    '/.edge-cache/about',
    `/@${params.handles[0]}/`,
    `/@${params.handles[0]}.css`,
    `/@${params.handles[0]}/x.css`,
    `/%40${params.handles[0]}`,
    `/@${params.handles[0]}/status/${params.uuids[0]}.css`,
    '/api/activities/everyone/',
    '/api/activities/everyone.css',
    '/api//activities/everyone',
    `/api/activities/${params.uuids[0]}%2Freplies`,
    '/tags/x.css',
    '/tags/x%2Fy',
  ]

  test('is never cached, by whichever user it is requested first', async () => {
    const cookie = [...xenia.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    for (const path of confusingPaths()) {
      const own = await requestRaw(path, { cookie })
      expect(own.status, path).toBeLessThan(500)
      expect(own.headers.get('cache-control'), path).toBe('private, no-store')
      for (const _ of [1, 2]) {
        const answer = await requestRaw(path)
        expect(answer.headers.get('cache-control'), path).toBe('no-store')
        expect(maxLifetimeOf(answer), path).toBe(0)
        expect(
          marksOf(xenia).filter((mark) => answer.text.includes(mark)),
          path,
        ).toEqual([])
      }
    }
  })

  test('with dots that resolve to a public path is that path', async () => {
    const cookie = [...xenia.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    for (const path of ['/settings/../about', '/settings/%2e%2e/about', '/api/session/../../about']) {
      await requestRaw(path, { cookie })
      const answer = await requestRaw(path)
      expect(answer.text).toContain('<title>About')
      expect(answer.text).not.toContain(xenia.handle)
    }
  })
})

describe('cache poisoning', () => {
  const MARK = 'poisoned'
  /** Paths that are not cached yet. */
  const newPaths = () => {
    const term = crypto.randomUUID()
    return [`/search?term=${term}`, `/api/activities/search?term=${term}`, `/tags/tag${term.replaceAll('-', '')}`]
  }

  test.each<[string, Record<string, string>]>([
    [
      'X-Forwarded-*',
      { 'x-forwarded-host': MARK, 'x-forwarded-proto': MARK, 'x-forwarded-for': MARK, forwarded: `host=${MARK}` },
    ],
    [
      'a URL or method override header',
      { 'x-original-url': `/${MARK}`, 'x-rewrite-url': '/settings', 'x-http-method-override': 'POST' },
    ],
    [
      'Accept headers',
      { accept: `text/${MARK}`, 'accept-language': MARK, 'accept-encoding': 'identity', 'user-agent': MARK },
    ],
    [
      'Origin and Referer',
      { origin: `https://${MARK}.example`, referer: `https://${MARK}.example/`, 'sec-fetch-site': 'cross-site' },
    ],
    [
      'Range and conditional headers',
      { range: 'bytes=0-9', 'if-none-match': '*', 'if-modified-since': 'Sun, 06 Nov 2094 08:49:37 GMT' },
    ],
    ['other cookies', { cookie: `theme=${MARK}` }],
    ['request ids', { 'x-request-id': MARK, traceparent: MARK, 'cf-ray': MARK }],
  ])('by %s', async (_, headers) => {
    for (const path of newPaths()) {
      const [, own] = [await requestRaw(path, headers), await requestRaw(path)]
      expect(own.status, path).toBe(200)
      expect(own.text).not.toContain(MARK)
      expect(JSON.stringify([...own.headers])).not.toContain(MARK)
      expect(own.headers.get('access-control-allow-origin')).toBeNull()
      expect(own.text, path).toMatch(/<\/html>$|\]?,"next_cursor":null\}$/)
      expect(own.headers.get('content-type'), path).toMatch(/^(text\/html|application\/json)/)
    }
  })

  test('by Host: entries of another host are separate', async () => {
    for (const path of newPaths()) {
      const other = await countTrips(site, actors.visitor(), '/about').then(() =>
        requestRaw(path, { host: `${MARK}.example` }),
      )
      expect(other.status, path).toBe(200)
      const own = await countTrips(site, actors.visitor(), path)
      expect(own.trips, path).toBe(1)
      expect(own.text).not.toContain(MARK)
    }
  })

  test('by extra query keys: they share the entry', async () => {
    for (const path of newPaths()) {
      const separator = path.includes('?') ? '&' : '?'
      const confusingPaths = `${path}${separator}utm_source=${MARK}&__proto__=${MARK}&callback=${MARK}&TERM=${MARK}`
      const first = expectStatus(await actors.visitor().visits(confusingPaths), 200)
      expect(first.text).not.toContain(MARK)
      const own = await countTrips(site, actors.visitor(), path)
      expect(own.trips, path).toBe(0)
      expect(withoutAge(own)).toBe(withoutAge(first))
    }
  })

  test('by a repeated key: it is not cached', async () => {
    const [path = ''] = newPaths()
    for (const twice of [`${path}&term=${MARK}`, `/search?term=${MARK}&${path.split('?')[1]}`]) {
      expect(maxLifetimeOf(expectStatus(await actors.visitor().visits(twice), 200)), twice).toBe(0)
      const own = expectStatus(await actors.visitor().visits(path), 200)
      expect(own.text).not.toContain(MARK)
    }
  })
})
