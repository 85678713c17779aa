import { LruCache } from '../lru-cache.ts'

/** How long a 429 without Retry-After pauses a browser, in ms: Google asks for a minute. */
const DEFAULT_PAUSE_MS = 60_000

/** Longest pause, in ms, so that a mistake of a push service does not silence a browser for days. */
const PAUSE_MAX_MS = 3_600_000

/** Until when to send nothing (Unix time in ms), by endpoint or by a push service's origin. Per isolate. */
const pausedUntil = new LruCache<number>(2_000)

/** Returns whether an endpoint is paused, by itself or with its push service. */
export const isPaused = (endpoint: string): boolean =>
  [endpoint, new URL(endpoint).origin].some((paused) => (pausedUntil.get(paused) ?? 0) > Date.now())

/**
 * Pauses after a push service's answer: a 429 is about this endpoint alone (RFC 8030, section 8.4), a 503 with Retry-After about the
 * service (RFC 9110, section 15.6.4). Does nothing after any other.
 */
export function pauseAfter(endpoint: string, { status, headers }: Response): void {
  const retryAfter = headers.get('retry-after')
  if (status !== 429 && (status !== 503 || retryAfter === null)) return
  const ms = Math.min(toMs(retryAfter) ?? DEFAULT_PAUSE_MS, PAUSE_MAX_MS)
  pausedUntil.set(status === 429 ? endpoint : new URL(endpoint).origin, Date.now() + ms)
}

/** Converts Retry-After, which is in seconds or an HTTP date, to ms; undefined if it is missing or malformed. */
function toMs(retryAfter: string | null): number | undefined {
  if (!retryAfter) return undefined
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - Date.now()
  return Number.isNaN(ms) ? undefined : ms
}
