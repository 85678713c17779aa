/** An entry expires this long before anything that it shows, in ms: clocks differ. */
const CLOCK_MARGIN = 1_000

/** A good answer as the edge caches it: plain data, which requests may share. */
export type Entry = {
  body: string
  /** Headers of the content: its type, its policy, its ETag. */
  headers: Record<string, string>
  /** When the read that made it was sent to the database, and until when it may be served; the Worker's clock, ms since the epoch. */
  readAt: number
  until: number
}

/** Whether an entry is a page, and not JSON. */
export const isPage = ({ headers }: Pick<Entry, 'headers'>): boolean =>
  headers['content-type']?.startsWith('text/html') ?? false

/** How an answer was read. */
export type Reading = {
  readAt: number
  /** The database's clock, ms since the epoch; undefined when it was not asked. */
  now: number | undefined
  /** The earliest expiry of what is shown, by the database's clock. */
  earliestEnd: number
}

/**
 * Returns until when an answer may be served: at most `maxAge` seconds after it was read, and never in the last second of
 * anything that it shows. The database read its clock after the query was sent, so its time is never later than reckoned.
 */
export function servableUntil({ readAt, now, earliestEnd }: Reading, maxAge: number): number {
  const most = readAt + maxAge * 1_000
  if (earliestEnd === Number.POSITIVE_INFINITY) return most
  return now === undefined ? readAt : Math.min(most, readAt + (earliestEnd - now) - CLOCK_MARGIN)
}

/** Whole seconds for which an entry may still be served. None when our clock was set back behind it. */
export function secondsLeft({ readAt, until }: Pick<Entry, 'readAt' | 'until'>, now: number): number {
  return now < readAt ? 0 : Math.max(0, Math.floor((until - now) / 1_000))
}

/** The age of an entry in seconds, rounded up: a fuse may end early, never late. */
export const ageOf = ({ readAt }: Pick<Entry, 'readAt'>, now: number): number => Math.ceil((now - readAt) / 1_000)

/** How a page begins (client/document.tsx): its fuses subtract the age that stands there. */
const AGE_ZERO = /^(<!doctype html><html lang="en" style="--age:)0"/

/** Whether a page has its age where withAge can replace it. */
export const hasAge = (html: string): boolean => AGE_ZERO.test(html)

export const withAge = (html: string, seconds: number): string =>
  html.replace(AGE_ZERO, (_, start) => `${start}${seconds}"`)

/**
 * The caching headers of an answer with so many seconds left. A browser never stores HTML: its Back button would show an
 * expired activity with a fuse that starts anew.
 */
export function cachingHeaders(isPage: boolean, left: number): Record<string, string> {
  if (left < 1) return { 'cache-control': 'no-store' }
  return isPage
    ? { 'cache-control': 'no-store', 'cdn-cache-control': `max-age=${left}` }
    : { 'cache-control': `public, max-age=0, s-maxage=${left}` }
}
