import { ageOf, cachingHeaders, type Entry, isPage, secondsLeft, withAge } from './entry.ts'

/** Capacity in bytes, past which the least recently used answers go. */
export const CAPACITY = 8 * 1024 * 1024

/** How long this isolate serves an answer before it asks the Cache API again, in ms: a purge elsewhere shows after that. */
const FRESH_MS = 1_000

/** An answer as it is sent, but for its request id. */
export type Ready = {
  bytes: Uint8Array<ArrayBuffer>
  headers: Headers
  route: string
  /** The opaque part of its ETag, null without one. */
  tag: string | null
}

type Slot = {
  entry: Entry
  /** The headers of the whole answer, those of security among them. */
  headers: Headers
  route: string
  since: number
  size: number
  /** What was made of the entry last, and the last instant at which its age and its max age are right. */
  ready: Ready
  readyUntil: number
}

/** Least recently used first. */
const slots = new Map<string, Slot>()
let used = 0
let purges = 0

const encoder = new TextEncoder()

/** Returns the answer for a canonical URL if this isolate has it; its fuses have the age of now. */
export function findReady(url: string, now: number): Ready | undefined {
  const slot = slots.get(url)
  if (!slot) return undefined
  const { entry, since } = slot
  // Before `since`: the clock was set back.
  if (now < since || now >= since + FRESH_MS || secondsLeft(entry, now) < 1) {
    remove(url)
    return undefined
  }
  if (now > slot.readyUntil) Object.assign(slot, render(slot, now))
  slots.delete(url)
  slots.set(url, slot)
  return slot.ready
}

/** Returns a mark to give to `keepReady`: what was read before a purge is not kept after it. */
export const markPurges = (): number => purges

/** Keeps an answer for a second at most, unless anything was purged since the mark. */
export function keepReady(
  url: string,
  answer: { entry: Entry; headers: Headers; route: string },
  mark: number,
  now: number,
): void {
  if (mark !== purges || secondsLeft(answer.entry, now) < 1) return
  remove(url)
  const rendered = render(answer, now)
  // The text has two bytes a character at most, beside what is made of it.
  const size = rendered.ready.bytes.byteLength + 2 * answer.entry.body.length + 2 * url.length + 2_048
  if (size > CAPACITY / 4) return
  slots.set(url, { ...answer, ...rendered, since: now, size })
  used += size
  for (const oldest of slots.keys()) {
    if (used <= CAPACITY) break
    remove(oldest)
  }
}

/** Removes a URL's answer, and keeps those that are being made from being kept. */
export function purgeReady(url: string): void {
  purges += 1
  remove(url)
}

function remove(url: string): void {
  used -= slots.get(url)?.size ?? 0
  slots.delete(url)
}

/** The answer as of now. Its age and its max age are whole seconds, each right until it changes. */
function render({ entry, headers, route }: Pick<Slot, 'entry' | 'headers' | 'route'>, now: number) {
  const { body, readAt, until } = entry
  const age = ageOf(entry, now)
  const left = secondsLeft(entry, now)
  const all = new Headers(headers)
  for (const [name, value] of Object.entries(cachingHeaders(isPage(entry), left))) all.set(name, value)
  const bytes = encoder.encode(isPage(entry) ? withAge(body, age) : body)
  const ready: Ready = { bytes, headers: all, route, tag: headers.get('etag')?.replace(/^W\//, '') ?? null }
  return { ready, readyUntil: Math.min(readAt + age * 1_000, until - left * 1_000) }
}
