import { weakEtag } from '../content-hash.ts'
import type { RequestContext } from '../context.ts'
import { ageOf, cachingHeaders, type Entry, hasAge, isPage, secondsLeft, servableUntil, withAge } from './entry.ts'
import { purgeReady } from './isolate-cache.ts'
import { find, keyOf, put, remove } from './store.ts'

/** What an entry keeps of an answer's headers: those of its content, and none of the request that it was made for. */
const CONTENT_HEADERS = new Set(['content-security-policy', 'content-type', 'sunset'])

/** How long a request waits for what another one is making, in ms; then it makes its own. */
const PATIENCE = 2_000

/** Makes an answer for a request that has nothing but its URL. */
type Make = (request: Request) => Promise<Response>

/** An answer, and the entry that others may have of it; null when it may not be shared. */
type Answer = { response: Response; entry: Entry | null }

/** `isNew`: the entry is not stored yet. */
type Made = Answer & { isNew: boolean }

const encoder = new TextEncoder()

/** Look-ups and answers under way in this isolate, by key: one request leads, those that arrive meanwhile share its entry. */
const flights = new Map<string, Promise<Entry | null>>()

/** Answers for a canonical URL from the edge cache, else by `make`, whose answer is stored if it may be. */
export const readThrough = (url: URL, context: RequestContext, make: Make): Promise<Answer> =>
  share(keyOf(url, context.env.version), context, (key) => findOrMake(key, url, context, make))

/** Removes a URL's entry here and at this location, and keeps what is being made for it from being stored. */
export async function purgeUrl(url: URL, version: string): Promise<void> {
  const key = keyOf(url, version)
  const forget = () => {
    flights.delete(key)
    purgeReady(url.href)
  }
  forget()
  await remove(key)
  // Once more: a request may have found the stored entry just before it was removed.
  forget()
}

/**
 * The entry that another request is getting right now, or else what `work` gets. The other one may never finish: a runtime
 * ends requests whose client has left. Nothing is awaited between looking for it and taking its place.
 */
async function share(key: string, context: RequestContext, work: (key: string) => Promise<Made>): Promise<Answer> {
  let missed: Promise<Entry | null> | undefined
  for (let tries = 0; tries < 2; tries += 1) {
    const flight = flights.get(key)
    // Another request that ran out of patience may be making it anew.
    if (!flight || flight === missed) break
    const entry = await Promise.race([flight, patience()])
    if (entry && leftOf(entry) > 0) return { response: toResponse(entry), entry }
    if (entry !== undefined) break
    missed = flight
  }
  return lead(key, context, work(key))
}

const patience = () => new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE))

/** Gets an answer for all that arrive meanwhile, even when its own client leaves, and stores it if it is new. */
async function lead(key: string, { waitUntil }: RequestContext, making: Promise<Made>): Promise<Answer> {
  const flight = making.then(
    ({ entry }) => entry,
    () => null,
  )
  flights.set(key, flight)
  const isCurrent = () => flights.get(key) === flight
  const settle = async () => {
    const { entry, isNew } = await making
    if (!entry || !isNew) return
    if (isCurrent()) await put(key, entry)
    // Purged since: what was read before must not come back.
    if (!isCurrent()) await remove(key)
  }
  waitUntil(
    settle()
      .catch(() => {})
      .finally(() => isCurrent() && flights.delete(key)),
  )
  return making
}

async function findOrMake(key: string, url: URL, context: RequestContext, make: Make): Promise<Made> {
  const found = await find(key)
  if (found) return { entry: found, response: toResponse(found), isNew: false }
  context.db.readClock()
  const startedAt = Date.now()
  return toMade(await make(new Request(url)), startedAt, context)
}

/** Only a good answer becomes an entry: complete, and without anything of a session. */
async function toMade(made: Response, startedAt: number, { db, env, setCookies }: RequestContext): Promise<Made> {
  const isGood = made.status === 200 && !made.headers.has('set-cookie') && setCookies.length === 0
  if (!isGood || db.hasFailed) return { response: made, entry: null, isNew: true }
  const headers: Entry['headers'] = Object.fromEntries([...made.headers].filter(([name]) => CONTENT_HEADERS.has(name)))
  const body = await made.text()
  const { askedAt: readAt = startedAt, now, earliestEnd } = db
  const until = servableUntil({ readAt, now, earliestEnd }, env.edgeCacheSeconds)
  const entry = { body, headers, readAt, until }
  // A browser asks for a page anew each time, and for JSON whether it has changed.
  if (!isPage(entry)) headers.etag = weakEtag(encoder.encode(body))
  const left = isPage(entry) && !hasAge(body) ? 0 : secondsLeft(entry, Date.now())
  const response = new Response(body, { headers: { ...headers, ...cachingHeaders(isPage(entry), left) } })
  return { response, entry: left > 0 ? entry : null, isNew: true }
}

/** The time for an entry at hand: right after it was made, a request's own clock may stand a little before that. */
const nowOf = ({ readAt }: Entry) => Math.max(Date.now(), readAt)

const leftOf = (entry: Entry) => secondsLeft(entry, nowOf(entry))

function toResponse(entry: Entry): Response {
  const body = isPage(entry) ? withAge(entry.body, ageOf(entry, nowOf(entry))) : entry.body
  return new Response(body, { headers: { ...entry.headers, ...cachingHeaders(isPage(entry), leftOf(entry)) } })
}
