/** The longest that a copy may be served for, in seconds. */
export const KEPT_MAX = 15

/** So long before anything that it shows ends, a copy is not served any more, in ms: clocks differ. */
const MARGIN = 1_000

/** A good answer as the edge keeps it: plain data, which requests may share. */
export type Copy = {
  body: string
  /** Of what makes the body what it is: its type and its policy. */
  headers: Record<string, string>
  /** When the trip that read it set off, and until when it may be served; the Worker's clock, ms since the epoch. */
  readAt: number
  until: number
}

/** What is known of an answer's reading. */
export type Reading = {
  readAt: number
  /** The database's clock, ms since the epoch; undefined when it was not asked. */
  now: number | undefined
  /** When the first of what is shown ends, by the database's clock. */
  earliestEnd: number
}

/**
 * Until when an answer may be served: at most `seconds` after it was read, and never in the last second of anything that it
 * shows. The database read its clock after the trip had set off, so its time is never further than this reckons.
 */
export function servedUntil({ readAt, now, earliestEnd }: Reading, seconds: number): number {
  const most = readAt + seconds * 1_000
  if (earliestEnd === Number.POSITIVE_INFINITY) return most
  return now === undefined ? readAt : Math.min(most, readAt + (earliestEnd - now) - MARGIN)
}

/** Whole seconds for which a copy may still be served. None when our clock was set back behind the copy. */
export function secondsLeft({ readAt, until }: Pick<Copy, 'readAt' | 'until'>, now: number): number {
  return now < readAt ? 0 : Math.max(0, Math.floor((until - now) / 1_000))
}

/** How old a copy is, in seconds, rounded up: a fuse may end early, never late. */
export const ageOf = ({ readAt }: Pick<Copy, 'readAt'>, now: number): number => Math.ceil((now - readAt) / 1_000)

/** How a page begins (client/document.tsx): its fuses take off the age that stands there. */
const AGELESS = /^(<!doctype html><html lang="en" style="--age:)0"/

/** Whether a page tells its age, so that it can be told another one. */
export const tellsAge = (html: string): boolean => AGELESS.test(html)

export const withAge = (html: string, seconds: number): string =>
  html.replace(AGELESS, (_, begins) => `${begins}${seconds}"`)

/**
 * How others may keep an answer that has so many seconds left. A browser never keeps HTML: its Back button would show a
 * burnt crud starting its countdown again.
 */
export function directives(isPage: boolean, left: number): Record<string, string> {
  if (left < 1) return { 'cache-control': 'no-store' }
  return isPage
    ? { 'cache-control': 'no-store', 'cdn-cache-control': `max-age=${left}` }
    : { 'cache-control': `public, max-age=0, s-maxage=${left}` }
}
