import { weakEtag } from '../content-hash.ts'
import type { RequestContext } from '../context.ts'
import { ageOf, cachingHeaders, type Entry, hasAge, isPage, secondsLeft, servableUntil, withAge } from './entry.ts'
import { purgeReady } from './isolate-cache.ts'
import { entryKey, findEntry, putEntry, removeEntry } from './store.ts'

/** Headers that an entry stores: those of the content, none that depend on the request. */
const CONTENT_HEADERS = new Set(['content-security-policy', 'content-type', 'sunset'])

/** How long a request waits for another request's response, in ms, before it renders its own. */
const WAIT_MS = 2_000

/** Renders the response to a request that has only a URL. */
type Render = (request: Request) => Promise<Response>

/** A response and its cache entry; null if the response may not be shared. */
type Answer = { response: Response; entry: Entry | null }

/** `isNew`: the entry is not stored yet. */
type Rendered = Answer & { isNew: boolean }

const encoder = new TextEncoder()

/** Pending look-ups and renderings of this isolate, by key. The first request leads; later ones share its entry. */
const flights = new Map<string, Promise<Entry | null>>()

/** Returns the response for a canonical URL from the edge cache, else from `make`, and stores that if it may be cached. */
export const readThrough = (url: URL, context: RequestContext, make: Render): Promise<Answer> =>
  shareRendering(entryKey(url, context.settings.version), context, (key) => findOrRender(key, url, context, make))

/** Removes a URL's entry from this isolate and location, and prevents that a pending rendering is stored. */
export async function purgeUrl(url: URL, version: string): Promise<void> {
  const key = entryKey(url, version)
  const forget = () => {
    flights.delete(key)
    purgeReady(url.href)
  }
  forget()
  await removeEntry(key)
  // Again: a request may have read the stored entry just before it was removed.
  forget()
}

/**
 * Returns the response of a pending request for the same key, else that of `work`. The other request may never finish, since
 * the runtime ends requests whose client disconnected. No await between the look-up and `leadRendering`, so only one request leads.
 */
async function shareRendering(
  key: string,
  context: RequestContext,
  work: (key: string) => Promise<Rendered>,
): Promise<Answer> {
  let missed: Promise<Entry | null> | undefined
  for (let tries = 0; tries < 2; tries += 1) {
    const flight = flights.get(key)
    // After a timeout, another request may have taken the lead: wait for that one, once.
    if (!flight || flight === missed) break
    const entry = await Promise.race([flight, waitTimeout()])
    if (entry && leftOf(entry) > 0) return { response: toResponse(entry), entry }
    if (entry !== undefined) break
    missed = flight
  }
  return leadRendering(key, context, work(key))
}

const waitTimeout = () => new Promise<undefined>((resolve) => setTimeout(resolve, WAIT_MS))

/** Gets the response for all concurrent requests, even if its own client disconnects, and stores it if it is new. */
async function leadRendering(key: string, { waitUntil }: RequestContext, making: Promise<Rendered>): Promise<Answer> {
  const flight = making.then(
    ({ entry }) => entry,
    () => null,
  )
  flights.set(key, flight)
  const isCurrent = () => flights.get(key) === flight
  const settle = async () => {
    const { entry, isNew } = await making
    if (!entry || !isNew) return
    if (isCurrent()) await putEntry(key, entry)
    // It was purged meanwhile: do not store content read before.
    if (!isCurrent()) await removeEntry(key)
  }
  waitUntil(
    settle()
      .catch(() => {})
      .finally(() => isCurrent() && flights.delete(key)),
  )
  return making
}

async function findOrRender(key: string, url: URL, context: RequestContext, make: Render): Promise<Rendered> {
  const found = await findEntry(key)
  if (found) return { entry: found, response: toResponse(found), isNew: false }
  context.db.readClock()
  const startedAt = Date.now()
  return toRendered(await make(new Request(url)), startedAt, context)
}

/** Makes a cache entry of a response: only of a complete 200 that sets no cookies. */
async function toRendered(
  rendered: Response,
  startedAt: number,
  { db, settings, setCookies }: RequestContext,
): Promise<Rendered> {
  const isGood = rendered.status === 200 && !rendered.headers.has('set-cookie') && setCookies.length === 0
  if (!isGood || db.hasFailed) return { response: rendered, entry: null, isNew: true }
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
