import { ageOf, cachingHeaders, type Entry, isPage, secondsLeft, withAge } from './cache-entry.ts'

/** Capacity of the LRU cache, in bytes. */
export const CAPACITY = 8 * 1024 * 1024

/** TTL in this isolate, in ms. Short, since purges by other isolates do not reach it. */
const FRESH_MS = 1_000

/** A response that is ready to send, except for its request id. */
export type Ready = {
  bytes: Uint8Array<ArrayBuffer>
  headers: Headers
  route: string
  /** The opaque part of its ETag; null without one. */
  opaqueTag: string | null
}

type Slot = {
  entry: Entry
  /** All headers of the response, with the security headers. */
  headers: Headers
  route: string
  /** When it was stored, Unix time in ms. */
  storedAt: number
  /** Estimated memory, in bytes. */
  size: number
  /** The last rendering, and until when its age and max age are right (Unix time in ms). */
  ready: Ready
  readyUntil: number
}

/** By canonical URL, least recently used first. */
const slots = new Map<string, Slot>()
/** Sum of the sizes of all slots, in bytes. */
let usedBytes = 0
/** Number of purges so far. */
let purges = 0

const encoder = new TextEncoder()

/** Returns this isolate's response for a canonical URL, with its current age; undefined if there is none. */
export function findReady(url: string, now: number): Ready | undefined {
  const slot = slots.get(url)
  if (!slot) return undefined
  const { entry, storedAt } = slot
  // `now < storedAt`: the clock was set back.
  if (now < storedAt || now >= storedAt + FRESH_MS || secondsLeft(entry, now) < 1) {
    removeSlot(url)
    return undefined
  }
  if (now > slot.readyUntil) Object.assign(slot, renderEntry(slot, now))
  slots.delete(url)
  slots.set(url, slot)
  return slot.ready
}

/** Returns the number of purges so far, for `storeReady`: a response read before a purge must not be stored after it. */
export const markPurges = (): number => purges

/** Stores a response for FRESH_MS at most, unless anything was purged since the mark. */
export function storeReady(
  url: string,
  answer: { entry: Entry; headers: Headers; route: string },
  mark: number,
  now: number,
): void {
  if (mark !== purges || secondsLeft(answer.entry, now) < 1) return
  removeSlot(url)
  const rendered = renderEntry(answer, now)
  // JavaScript strings take two bytes per character.
  const size = rendered.ready.bytes.byteLength + 2 * answer.entry.body.length + 2 * url.length + 2_048
  if (size > CAPACITY / 4) return
  slots.set(url, { ...answer, ...rendered, storedAt: now, size })
  usedBytes += size
  for (const oldest of slots.keys()) {
    if (usedBytes <= CAPACITY) break
    removeSlot(oldest)
  }
}

/** Removes a URL's response, and prevents that responses being rendered now are stored. */
export function purgeReady(url: string): void {
  purges += 1
  removeSlot(url)
}

function removeSlot(url: string): void {
  usedBytes -= slots.get(url)?.size ?? 0
  slots.delete(url)
}

/** Renders an entry with its age and max age. Both are whole seconds, so the rendering is valid until one of them changes. */
function renderEntry({ entry, headers, route }: Pick<Slot, 'entry' | 'headers' | 'route'>, now: number) {
  const { body, readAt, until } = entry
  const age = ageOf(entry, now)
  const left = secondsLeft(entry, now)
  const all = new Headers(headers)
  for (const [name, value] of Object.entries(cachingHeaders(isPage(entry), left))) all.set(name, value)
  const bytes = encoder.encode(isPage(entry) ? withAge(body, age) : body)
  const ready: Ready = { bytes, headers: all, route, opaqueTag: headers.get('etag')?.replace(/^W\//, '') ?? null }
  return { ready, readyUntil: Math.min(readAt + age * 1_000, until - left * 1_000) }
}
