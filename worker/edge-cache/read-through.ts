import { weakEtag } from '../content-hash.ts'
import type { RequestContext } from '../context.ts'
import { isApi } from '../is-api.ts'
import { entryKey, findEntry, putEntry, removeEntry } from './cache-api.ts'
import {
  ageOf,
  cachingHeaders,
  type Entry,
  hasAge,
  isPage,
  secondsLeft,
  servableUntil,
  withAge,
} from './cache-entry.ts'
import { purgeReady } from './isolate-cache.ts'

/** Response headers that a cache entry stores: those of the content, not of the request. */
const CONTENT_HEADERS = new Set(['content-security-policy', 'content-type', 'sunset', 'vary'])

/** How long a request waits for another request's response, in ms, before it renders its own. */
const WAIT_MS = 2_000

/** Renders the response to a request that has only a URL and Save-Data. */
type Render = (request: Request) => Promise<Response>

/** A response and its cache entry; null if the response may not be shared. */
type Answer = { response: Response; entry: Entry | null }

/** An answer from the cache, or a new one (`isNew`), whose entry is not stored yet. */
type Rendered = Answer & { isNew: boolean }

const encoder = new TextEncoder()

/** Pending cache look-ups and renderings of this isolate, by key. The first request leads; later ones share its entry. */
const flights = new Map<string, Promise<Entry | null>>()

/** A canonical URL, and whether its page is for a request with Save-Data. */
type Wanted = { url: URL; savesData: boolean }

/** Returns the response for a canonical URL from the edge cache; else renders it, and stores it if it may be cached. */
export const readThrough = (wanted: Wanted, context: RequestContext, render: Render): Promise<Answer> =>
  shareRendering(entryKey(wanted.url, context.settings.version, wanted.savesData), context, (key) =>
    findOrRender(key, wanted, context, render),
  )

/** Purges a URL from the caches of this isolate and location. A pending rendering is not stored. */
export async function purgeUrl(url: URL, version: string): Promise<void> {
  const keys = (isApi(url.pathname) ? [false] : [false, true]).map((savesData) => entryKey(url, version, savesData))
  const forgetPending = () => {
    for (const key of keys) flights.delete(key)
    purgeReady(url.href)
  }
  forgetPending()
  await Promise.all(keys.map(removeEntry))
  // Again: a request may have read the stored entry just before it was removed.
  forgetPending()
}

/**
 * Waits for a pending request with the same key and returns its response. Runs `work` if there is none, or after WAIT_MS: the
 * runtime may end the other request when its client disconnects. No await between the look-up and `leadRendering`, so that only
 * one of the first requests leads.
 */
async function shareRendering(
  key: string,
  context: RequestContext,
  work: (key: string) => Promise<Rendered>,
): Promise<Answer> {
  let timedOut: Promise<Entry | null> | undefined
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const flight = flights.get(key)
    // After a timeout, another request may have taken the lead: wait for that one, once.
    if (!flight || flight === timedOut) break
    const entry = await Promise.race([flight, waitTimeout()])
    if (entry && leftOf(entry) > 0) return { response: toResponse(entry), entry }
    if (entry !== undefined) break
    timedOut = flight
  }
  return leadRendering(key, context, work(key))
}

const waitTimeout = () => new Promise<undefined>((resolve) => setTimeout(resolve, WAIT_MS))

/** Shares a rendering with concurrent requests, even after its own client disconnects, and stores its entry if it is new. */
async function leadRendering(
  key: string,
  { waitUntil }: RequestContext,
  rendering: Promise<Rendered>,
): Promise<Answer> {
  const flight = rendering.then(
    ({ entry }) => entry,
    () => null,
  )
  flights.set(key, flight)
  const isCurrent = () => flights.get(key) === flight
  const store = async () => {
    const { entry, isNew } = await rendering
    if (!entry || !isNew) return
    if (isCurrent()) await putEntry(key, entry)
    // Purged meanwhile: the stored content may be outdated.
    if (!isCurrent()) await removeEntry(key)
  }
  waitUntil(
    store()
      .catch(() => {})
      .finally(() => isCurrent() && flights.delete(key)),
  )
  return rendering
}

async function findOrRender(
  key: string,
  { url, savesData }: Wanted,
  context: RequestContext,
  render: Render,
): Promise<Rendered> {
  const found = await findEntry(key)
  if (found) return { entry: found, response: toResponse(found), isNew: false }
  context.db.readClock()
  const startedAt = Date.now()
  return toRendered(
    await render(new Request(url, savesData ? { headers: { 'save-data': 'on' } } : {})),
    startedAt,
    context,
  )
}

/** Makes a cache entry of a response, if it is a complete 200 that sets no cookies. */
async function toRendered(
  rendered: Response,
  startedAt: number,
  { db, settings, setCookies }: RequestContext,
): Promise<Rendered> {
  const isStorable = rendered.status === 200 && !rendered.headers.has('set-cookie') && setCookies.length === 0
  if (!isStorable || db.hasFailed) return { response: rendered, entry: null, isNew: true }
  const headers: Entry['headers'] = Object.fromEntries(
    [...rendered.headers].filter(([name]) => CONTENT_HEADERS.has(name)),
  )
  const body = await rendered.text()
  const { sentAt: readAt = startedAt, now, earliestExpiry } = db
  const until = servableUntil({ readAt, now, earliestExpiry }, settings.edgeCacheSeconds)
  const entry = { body, headers, readAt, until }
  // Only JSON is revalidated by ETag; browsers never store pages.
  if (!isPage(entry)) headers.etag = weakEtag(encoder.encode(body))
  const left = isPage(entry) && !hasAge(body) ? 0 : secondsLeft(entry, Date.now())
  const response = new Response(body, { headers: { ...headers, ...cachingHeaders(isPage(entry), left) } })
  return { response, entry: left > 0 ? entry : null, isNew: true }
}

/** Returns the current time, but at least `readAt`: a request's clock may be slightly behind that of another request. */
const nowOf = ({ readAt }: Entry) => Math.max(Date.now(), readAt)

const leftOf = (entry: Entry) => secondsLeft(entry, nowOf(entry))

function toResponse(entry: Entry): Response {
  const body = isPage(entry) ? withAge(entry.body, ageOf(entry, nowOf(entry))) : entry.body
  return new Response(body, { headers: { ...entry.headers, ...cachingHeaders(isPage(entry), leftOf(entry)) } })
}
