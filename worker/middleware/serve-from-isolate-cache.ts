import { createMiddleware } from 'hono/factory'
import { hasSession } from '../auth/cookies/session-cookies.ts'
import { asksToSaveData } from '../contract/save-data.ts'
import { findReady, markPurges, storeReady } from '../edge-cache/isolate-cache.ts'
import type { SiteEnv } from '../hono-env.ts'
import { logRequest } from '../observe/request.ts'

/** Headers that each response has of its own. */
const OWN_HEADERS = ['server-timing', 'x-request-id']

/** Server-Timing of a hit: no round trip, and no I/O that would advance the Worker's clock. */
const TIMING = 'db;dur=0.0;desc="0",total;dur=0.0'

/** Returns whether the response depends on the URL only: a GET without session, Origin, Save-Data and body. */
const isPlain = (request: Request) =>
  request.method === 'GET' &&
  request.body === null &&
  !request.headers.has('origin') &&
  !asksToSaveData(request) &&
  !hasSession(request)

/**
 * Returns the response from this isolate's cache; undefined on a miss. Called before the app, so that a hit needs no routing
 * and middleware: the cached response has all headers.
 */
export function answerFromIsolate(request: Request): Response | undefined {
  const ready = isPlain(request) ? findReady(request.url, Date.now()) : undefined
  if (!ready) return undefined
  const requestId = crypto.randomUUID()
  const isSame = ready.opaqueTag !== null && request.headers.get('if-none-match')?.includes(ready.opaqueTag)
  const status = isSame ? 304 : 200
  const response = new Response(isSame ? null : ready.bytes, { status, headers: ready.headers })
  if (isSame) response.headers.delete('content-type')
  response.headers.set('x-request-id', requestId)
  logRequest({ method: 'GET', status, requestId, ms: 0, route: ready.route })
  return response
}

/** Stores responses of cacheable routes in this isolate's cache. The outermost middleware, so that all headers are set. */
export const isolateCache = createMiddleware<SiteEnv>(async function isolateCache(c, next) {
  const { raw } = c.req
  const mark = markPurges()
  await next()
  const cached = c.get('cached')
  // Only canonical URLs are stored.
  if (!cached || cached.url !== raw.url || c.res.status !== 200 || !isPlain(raw)) return
  const headers = new Headers(c.res.headers)
  for (const name of OWN_HEADERS) headers.delete(name)
  headers.set('server-timing', TIMING)
  storeReady(raw.url, { ...cached, headers }, mark, Date.now())
})
