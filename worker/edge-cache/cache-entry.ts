/** An entry expires this long before the first activity that it shows, in ms, since clocks differ. */
const CLOCK_MARGIN = 1_000

/** A cache entry: plain data, which requests may share (workerd does not let them share a Response). */
export type Entry = {
  body: string
  /** Headers of the content: type, security policy, ETag. */
  headers: Record<string, string>
  /** When its database read was sent, and until when it may be served: Unix time in ms, by the Worker's clock. */
  readAt: number
  until: number
}

/** Returns whether an entry is a page rather than JSON. */
export const isPage = ({ headers }: Pick<Entry, 'headers'>): boolean =>
  headers['content-type']?.startsWith('text/html') ?? false

/** The clocks at the database read of a response. */
export type ReadClocks = {
  readAt: number
  /** The database's clock, Unix time in ms; undefined if it was not read. */
  now: number | undefined
  /** The earliest expiry of the activities shown, by the database's clock, Unix time in ms. */
  earliestExpiry: number
}

/**
 * Returns until when a response may be served (Worker's clock, Unix time in ms): at most `maxAge` seconds after `readAt`, and
 * CLOCK_MARGIN before the first activity expires. Safe, since the database reads its clock after `readAt`.
 */
export function servableUntil({ readAt, now, earliestExpiry }: ReadClocks, maxAge: number): number {
  const latest = readAt + maxAge * 1_000
  if (earliestExpiry === Number.POSITIVE_INFINITY) return latest
  return now === undefined ? readAt : Math.min(latest, readAt + (earliestExpiry - now) - CLOCK_MARGIN)
}

/** Returns for how many whole seconds an entry may still be served; 0 if the clock was set back. */
export function secondsLeft({ readAt, until }: Pick<Entry, 'readAt' | 'until'>, now: number): number {
  return now < readAt ? 0 : Math.max(0, Math.floor((until - now) / 1_000))
}

/** Returns the age of an entry in seconds, rounded up: a countdown may end early, never late. */
export const ageOf = ({ readAt }: Pick<Entry, 'readAt'>, now: number): number => Math.ceil((now - readAt) / 1_000)

/** The start of a new page (client/document.tsx), whose age is 0. Its CSS subtracts --age from countdowns. */
const AGE_ZERO = /^(<!doctype html><html lang="en" style="--age:)0"/

/** Returns whether withAge can set the page's age. */
export const hasAge = (html: string): boolean => AGE_ZERO.test(html)

/** Returns a page with its age set. */
export const withAge = (html: string, seconds: number): string =>
  html.replace(AGE_ZERO, (_, start) => `${start}${seconds}"`)

/**
 * Returns the caching headers of a response that may be served for `left` more seconds. Browsers must not store pages: the Back button would show
 * an expired activity with a restarted countdown.
 */
export function cachingHeaders(isPage: boolean, left: number): Record<string, string> {
  if (left < 1) return { 'cache-control': 'no-store' }
  return isPage
    ? { 'cache-control': 'no-store', 'cdn-cache-control': `max-age=${left}` }
    : { 'cache-control': `public, max-age=0, s-maxage=${left}` }
}
