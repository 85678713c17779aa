import { afterEach, describe, expect, test } from 'vitest'
import { api } from '../../../worker/api/api.ts'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const APP = 'https://app.example'
const site = await openSite({ settings: { ALLOWED_ORIGINS: `${APP},https://other.example` } })
const { actors } = site
afterEach(() => site.database.setOutage(false))

describe('CORS', () => {
  const preflight = (origin: string, path = '/api/activities') =>
    actors.visitor().send('OPTIONS', path, {
      origin,
      'sec-fetch-site': 'cross-site',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    })

  test.each([APP, 'https://other.example'])('allows %s', async (origin) => {
    const { status, headers } = await preflight(origin)
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe(origin)
    expect(headers.get('access-control-allow-methods')?.split(',')).toEqual(
      expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    )
    expect(headers.get('access-control-allow-headers')?.toLowerCase()).toContain('authorization')
    expect(headers.get('vary')).toContain('Origin')
  })

  test.each([
    'https://evil.example',
    `${APP}.evil.example`,
    `${APP}.`,
    'https://xapp.example',
    'https://x.app.example',
    'https://app.example@evil.example',
    `${APP}/`,
    `${APP}, https://evil.example`,
    `${APP},https://other.example`,
    'HTTPS://APP.EXAMPLE',
    'http://app.example',
    `${APP}:8443`,
    'null',
    'file://',
    '*',
  ])('does not allow %s', async (origin) => {
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull()
    const { headers } = await actors.visitor().get('/api/activities/everyone', { origin })
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('vary')).toContain('Origin')
  })

  test('successes and errors can be read with their headers', async () => {
    for (const [path, status] of [
      ['/api/activities/everyone', 200],
      ['/api/activities/home', 401],
      ['/api/nothing', 404],
    ] as const) {
      const from = { origin: APP, 'sec-fetch-site': 'cross-site' }
      const { headers } = expectStatus(await actors.visitor().get(path, from), status)
      expect(headers.get('access-control-allow-origin'), path).toBe(APP)
      expect(headers.get('access-control-expose-headers')).toContain('X-Request-Id')
    }
  })

  test('never allows credentials, and rejects writes with cookies', async () => {
    const anna = await actors.join()
    for (const origin of [APP, 'https://evil.example', anna.origin]) {
      const answers = [await preflight(origin), await anna.get('/api/activities/home', { origin })]
      for (const { headers } of answers) expect(headers.get('access-control-allow-credentials')).toBeNull()
    }
    const headers = { origin: APP, 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' }
    const answer = await anna.send('POST', '/api/activities', headers, '{"message":"hi","ttl":"1-hour"}')
    expectErrors(answer, 403, ['cross_origin'])
  })

  test('accepts writes with a Bearer token', async () => {
    const anna = await actors.join()
    const headers = {
      origin: APP,
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/json',
      authorization: `Bearer ${anna.accessToken}`,
    }
    const body = '{"message":"hi","ttl":"1-hour"}'
    expectStatus(await actors.visitor().send('POST', '/api/activities', headers, body), 201)
  })

  test('pages have no CORS headers', async () => {
    const { headers } = await actors.visitor().visits('/', { origin: APP })
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
  })
})

describe('an unsupported method', () => {
  const routes = api.routes.filter(({ method }) => method !== 'ALL')
  const paths = [...new Set(routes.map(({ path }) => path))]
  const fill = (path: string) => path.replace(':at_handle', '@anna').replace(':uuid', 'x').replace(':tag', 'x')
  const matches = (pattern: string, path: string) => new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}$`).test(path)
  // Including those of /activities/:uuid for /activities/home, which answer 404.
  const methodsOf = (path: string) =>
    new Set(routes.filter((route) => matches(route.path, fill(path))).map(({ method }) => method))

  test.each(paths)('%s answers 405 with the allowed methods', async (path) => {
    const anna = await actors.join()
    const supported = methodsOf(path)
    const unsupported = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !supported.has(method))
    for (const method of unsupported) {
      const answer = await anna.send(method, fill(path))
      const allow = answer.headers.get('allow')?.split(', ') ?? []
      expect(answer.status, `${method} ${path}: ${answer.text}`).toBe(405)
      expectErrors(answer, 405, ['method_not_allowed'])
      expect(allow).toEqual(expect.arrayContaining([...supported]))
      expect(allow).not.toContain(method)
    }
    expect(unsupported.length).toBeGreaterThan(0)
  })
})

describe('an unknown path', () => {
  test.each([
    '/api',
    '/api/',
    '/api/nothing',
    '/api/activities/',
    '/api/activities/x/y/z',
    '/api/session/nothing',
    '/api/health-check/',
    '/api//activities',
    '/api/%',
  ])('%s answers 404 as JSON', async (path) => {
    expectErrors(await actors.visitor().get(path), 404, ['not_found'])
  })

  test('a path that only begins like the API answers with a page', async () => {
    const answer = await actors.visitor().visits('/apiary')
    expect(expectStatus(answer, 404).headers.get('content-type')).toContain('text/html')
  })
})

describe('every answer', () => {
  test('has its own request id, ignoring one from the client', async () => {
    const ids = new Set<string | null>()
    for (const path of ['/api/health-check', '/api/nothing', '/', '/nothing']) {
      const { headers } = await actors.visitor().get(path, { 'x-request-id': 'mine' })
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
      ids.add(headers.get('x-request-id'))
    }
    expect(ids.size).toBe(4)
  })

  test('is private with a session, and varies by it', async () => {
    const anna = await actors.join()
    for (const path of ['/api/session', '/api/activities/everyone', '/', '/about']) {
      const { headers } = expectStatus(await anna.get(path), 200)
      expect(headers.get('cache-control'), path).toBe('private, no-store')
      expect(headers.get('vary')).toMatch(/Cookie/i)
      expect(headers.get('vary')).toMatch(/Authorization/i)
    }
  })

  test('has the security headers', async () => {
    for (const path of ['/api/health-check', '/api/nothing', '/', '/nothing', '/signin', '/welcome']) {
      const { headers } = await actors.visitor().get(path)
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('referrer-policy'), path).toBe('strict-origin-when-cross-origin')
      expect(headers.get('content-security-policy'), path).toContain("default-src 'none'")
      expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
    }
  })

  test.each(['/api/activities/everyone', '/', '/nothing'])('to HEAD of %s has the headers of GET', async (path) => {
    const perRequest = ['x-request-id', 'server-timing', 'date', 'content-length', 'transfer-encoding', 'connection']
    const [head, get] = [await actors.visitor().send('HEAD', path), await actors.visitor().get(path)]
    const headersOf = ({ headers }: Answer) => [...headers].filter(([name]) => !perRequest.includes(name))
    expect(head.status).toBe(get.status)
    expect(headersOf(head)).toEqual(headersOf(get))
    expect(headersOf(head).length).toBeGreaterThan(8)
  })
})

describe('while the database is down', () => {
  test('the API answers 503 with Retry-After', async () => {
    const anna = await actors.join()
    site.database.setOutage(true)
    const answers = [
      await anna.get('/api/activities/home'),
      await anna.get('/api/session'),
      await anna.post('/api/activities', { message: 'hi', ttl: '1-hour' }),
      await actors.visitor().get('/api/activities/everyone'),
      await actors.visitor().get(`/api/users/@${anna.handle}`),
      await actors.visitor().post('/api/session/sign-up', actors.unregistered().details),
    ]
    for (const answer of answers) {
      expectErrors(answer, 503, ['database_unavailable'])
      expect(answer.headers.get('retry-after')).toBe('5')
    }
    expect(anna.hasSession).toBe(true)
  })
})
