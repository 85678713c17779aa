import { Hono } from 'hono'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import '../api/api.ts'
import { BINDINGS, CONTACT_EMAIL, EVIDENCE_KEY, SECRET_KEY } from '../../tests/harness/bindings.ts'
import { createContext, type RequestContext } from '../context.ts'
import { findReady, markPurges, storeReady } from '../edge-cache/isolate-cache.ts'
import { purgeUrl } from '../edge-cache/read-through.ts'
import { parseEnv } from '../env.ts'
import type { SiteEnv } from '../hono-env.ts'
import { edgeCache } from './edge-cache.ts'

const bindings = (settings: Record<string, string> = {}) => ({
  DATABASE_URL: 'postgres://u:p@localhost/x',
  COGNITO_REGION: 'us-east-1',
  COGNITO_USER_POOL_ID: 'us-east-1_x',
  COGNITO_CLIENT_ID: 'x',
  SECRET_KEY,
  EVIDENCE_KEY,
  CONTACT_EMAIL,
  ...BINDINGS,
  ...settings,
})
const env = parseEnv(bindings())

/** A URL that no other test uses. */
let url = ''
beforeEach(() => {
  url = `https://cruddur.example/search?term=${crypto.randomUUID()}`
})

/** Promises passed to waitUntil. */
const later: Promise<unknown>[] = []
const open = (request: Request, settings = env): RequestContext =>
  createContext(request, settings, { waitUntil: (work) => later.push(work) })
const settled = () => Promise.all(later.splice(0))

const html = (text: string) => `<!doctype html><html lang="en" style="--age:0"><p>${text}</p></html>`
const page = (text: string, init: ResponseInit = {}) =>
  new Response(html(text), { headers: { 'content-type': 'text/html; charset=utf-8' }, ...init })
const json = (text: string) => Response.json({ text })

type Asked = { init?: RequestInit; settings?: typeof env; prepare?: (context: RequestContext) => void; at?: string }

/** Requests the URL; `make` renders the response on a miss. */
async function ask(
  make: (request: Request) => Response | Promise<Response>,
  { init, settings, prepare, at }: Asked = {},
) {
  const request = new Request(at ?? url, init)
  const context = open(request, settings)
  prepare?.(context)
  const app = new Hono<SiteEnv>()
    .use((c, next) => {
      c.set('context', context)
      return next()
    })
    .use(edgeCache)
    .all('*', (c) => make(c.req.raw))
    .onError(() => new Response('broken', { status: 500 }))
  const response = await app.fetch(request)
  return { response, text: await response.text() }
}

/** Returns the text of the second response: `first` if the first response was stored. */
async function second(first: Response, asked: Asked = {}): Promise<string> {
  await ask(() => first, asked)
  await settled()
  const { text } = await ask(() => page('second'))
  return /first|second/.exec(text)?.[0] ?? text
}

describe('stored', () => {
  test('a 200 response', async () => {
    expect(await second(page('first'))).toBe('first')
  })

  test('the response to a request that has only the URL', async () => {
    const sent = { headers: { 'x-forwarded-host': 'evil.example', accept: 'text/css', cookie: 'theme=dark' } }
    let made: Request | undefined
    await ask(
      (request) => {
        made = request
        return page('first')
      },
      { init: { ...sent, method: 'HEAD' }, at: `${url}&utm=x` },
    )
    expect(made?.url).toBe(url)
    expect(made?.method).toBe('GET')
    expect([...(made?.headers ?? [])]).toEqual([])
  })

  test('HEAD as GET without the body', async () => {
    const first = await ask(() => page('first'), { init: { method: 'HEAD' } })
    await settled()
    expect(first.text).toBe('')
    const { text, response } = await ask(() => page('second'), { init: { method: 'HEAD' } })
    expect(text).toBe('')
    expect(response.headers.get('cdn-cache-control')).toMatch(/^max-age=1[34]$/)
    expect((await ask(() => page('second'))).text).toContain('first')
  })

  test('separately for each version of the site', async () => {
    await ask(() => page('first'))
    await settled()
    const next = parseEnv(bindings({ VERSION: { id: 'next' } as never }))
    expect((await ask(() => page('second'), { settings: next })).text).toContain('second')
  })

  test('until it is purged, even while it is being rendered', async () => {
    await ask(() => page('first'))
    await settled()
    await purgeUrl(new URL(url), env.version)
    const making = Promise.withResolvers<Response>()
    const reader = ask(() => making.promise)
    await vi.waitFor(() => expect(later).toHaveLength(1))
    await purgeUrl(new URL(url), env.version)
    making.resolve(page('before the purge'))
    expect((await reader).text).toContain('before the purge')
    await settled()
    expect((await ask(() => page('second'))).text).toContain('second')
  })
})

test('a purge also removes what the isolate stored while the purge ran', async () => {
  const now = Date.now()
  const entry = { body: html('found'), headers: { 'content-type': 'text/html' }, readAt: now, until: now + 15_000 }
  const purging = purgeUrl(new URL(url), env.version)
  storeReady(url, { entry, headers: new Headers(), route: '/search' }, markPurges(), now)
  expect(findReady(url, now)).toBeDefined()
  await purging
  expect(findReady(url, now)).toBeUndefined()
})

describe('not stored', () => {
  test.each([
    ['a redirect', () => new Response('first', { status: 302, headers: { location: '/signin' } })],
    ['a 404', () => page('first', { status: 404 })],
    ['a 410', () => page('first', { status: 410 })],
    ['a 422', () => page('first', { status: 422 })],
    ['a 503', () => page('first', { status: 503 })],
    ['a 204', () => new Response(null, { status: 204 })],
    [
      'a response with a cookie',
      () => new Response(html('first'), { headers: { 'set-cookie': 'a=b', 'content-type': 'text/html' } }),
    ],
    ['a page without its age', () => new Response('first', { headers: { 'content-type': 'text/html' } })],
  ])('%s', async (_, first) => {
    expect(await second(first())).toBe('second')
  })

  test.each<[string, (context: RequestContext) => void]>([
    ['when the context sets a cookie', ({ setCookies }) => setCookies.push('a=b')],
    ['when a database batch failed', ({ db }) => Object.assign(db, { hasFailed: true })],
    [
      'when an activity expires within two seconds',
      ({ db }) => Object.assign(db, { now: 0, sentAt: Date.now(), earliestExpiry: 1_999 }),
    ],
    ['when the database read took longer than the TTL', ({ db }) => Object.assign(db, { sentAt: Date.now() - 14_500 })],
  ])('%s', async (_, prepare) => {
    expect(await second(page('first'), { prepare })).toBe('second')
  })

  test.each<[string, RequestInit]>([
    ['a Bearer token', { headers: { authorization: 'Bearer x' } }],
    ['any Authorization', { headers: { authorization: 'x' } }],
    ['a session cookie', { headers: { cookie: 'a=b; __Host-access=x' } }],
    ['a refresh cookie, empty', { headers: { cookie: '__Host-refresh=' } }],
    ['another method', { method: 'POST', body: 'a=b' }],
  ])('nor served for %s', async (_, init) => {
    expect(await second(page('first'), { init })).toBe('second')
    await settled()
    const { text } = await ask(() => page('my own'), { init })
    expect(text).toContain('my own')
  })

  test('when the cache is off', async () => {
    const settings = parseEnv(bindings({ EDGE_CACHE_SECONDS: '0' }))
    expect(await second(page('first'), { settings })).toBe('second')
  })
})

describe('concurrent requests', () => {
  test('share one rendering', async () => {
    const making = Promise.withResolvers<Response>()
    const make = vi.fn(() => making.promise)
    const readers = Array.from({ length: 50 }, () => ask(make))
    await vi.waitFor(() => expect(make).toHaveBeenCalled())
    making.resolve(page('first'))
    for (const { text } of await Promise.all(readers)) expect(text).toContain('first')
    expect(make).toHaveBeenCalledTimes(1)
  })

  test('do not share a response that may not be stored', async () => {
    const make = vi.fn(() => page('gone', { status: 410 }))
    const answers = await Promise.all([ask(make), ask(make), ask(make)])
    expect(answers.map(({ response }) => response.status)).toEqual([410, 410, 410])
    expect(make).toHaveBeenCalledTimes(3)
  })

  test('do not share a failure', async () => {
    const make = vi.fn(() => page('well'))
    make.mockImplementationOnce(() => {
      throw new Error('broken')
    })
    const answers = await Promise.all([ask(make), ask(make)])
    expect(answers.map(({ response }) => response.status)).toEqual([500, 200])
  })

  test('elect another leader when the first never finishes', async () => {
    vi.useFakeTimers()
    try {
      const gone = vi.fn(() => new Promise<Response>(() => {}))
      void ask(gone)
      await vi.waitFor(() => expect(gone).toHaveBeenCalled())
      const make = vi.fn(() => page('second'))
      const readers = Promise.all([ask(make), ask(make), ask(make)])
      await vi.advanceTimersByTimeAsync(1_900)
      expect(make).not.toHaveBeenCalled()
      await vi.advanceTimersByTimeAsync(200)
      for (const { text } of await readers) expect(text).toContain('second')
      expect(make).toHaveBeenCalledTimes(1)
    } finally {
      vi.useRealTimers()
      later.length = 0
    }
  })
})

describe('response headers', () => {
  test('let shared caches store JSON for the remaining time, and browsers revalidate it', async () => {
    const at = `https://cruddur.example/api/activities/search?term=${crypto.randomUUID()}`
    await ask(() => json('first'), { at })
    await settled()
    const { response, text } = await ask(() => json('second'), { at })
    expect(JSON.parse(text)).toEqual({ text: 'first' })
    expect(response.headers.get('cache-control')).toMatch(/^public, max-age=0, s-maxage=1[34]$/)
    expect(response.headers.get('content-type')).toBe('application/json')
  })

  test('update a page’s age and max age as time passes', async () => {
    const now = vi.spyOn(Date, 'now')
    const start = 1_800_000_000_000
    const at = async (ms: number) => {
      now.mockReturnValue(start + ms)
      const { text, response } = await ask(() => page('new'))
      return [/--age:(\d+)/.exec(text)?.[1], response.headers.get('cdn-cache-control')]
    }
    try {
      expect(await at(0)).toEqual(['0', 'max-age=15'])
      await settled()
      expect(await at(1)).toEqual(['1', 'max-age=14'])
      expect(await at(1_000)).toEqual(['1', 'max-age=14'])
      expect(await at(7_200)).toEqual(['8', 'max-age=7'])
      expect(await at(14_000)).toEqual(['14', 'max-age=1'])
      expect(await at(14_001)).toEqual(['0', 'max-age=15'])
    } finally {
      now.mockRestore()
    }
  })

  test('treat a clock that was set back as a miss', async () => {
    const now = vi.spyOn(Date, 'now')
    const start = 1_800_000_000_000
    const textAt = async (ms: number, made: string) => {
      now.mockReturnValue(start + ms)
      const { text } = await ask(() => page(made))
      await settled()
      return /<p>(.*)<\/p>/.exec(text)?.[1]
    }
    try {
      expect(await textAt(0, 'at noon')).toBe('at noon')
      expect(await textAt(-60_000, 'before noon')).toBe('before noon')
      expect(await textAt(0, 'at noon again')).toBe('at noon again')
    } finally {
      now.mockRestore()
    }
  })
})

describe('treats a failing cache as a miss when', () => {
  test.each<[string, () => unknown]>([
    ['it cannot be opened', () => Promise.reject(new Error('no cache'))],
    ['it has no methods', () => Promise.resolve({})],
    ['the entry is truncated', async () => ({ match: async () => new Response('{"body":"<!doc'), put: () => {} })],
    ['the entry’s stream fails', async () => ({ match: async () => new Response(broken()), put: () => {} })],
  ])('%s', async (_, opened) => {
    vi.spyOn(caches, 'open').mockImplementation(opened as never)
    expect(await second(page('first'))).toBe('second')
    await purgeUrl(new URL(url), env.version)
    await settled()
  })
})

const broken = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"body":"'))
      controller.error(new Error('cut off'))
    },
  })
