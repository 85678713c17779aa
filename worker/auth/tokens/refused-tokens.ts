import { LruCache } from '../../lru-cache.ts'

/** How long to remember a refused token, in ms. */
const TTL_MS = 60_000

/** Until when a token is remembered (Unix time in ms), by the hash of the refresh token. Per isolate. */
const refusedUntil = new LruCache<number>(2_000)

/** Records that Cognito refused a refresh token, or that it was revoked. */
export function rememberRefused(refreshHash: string): void {
  refusedUntil.set(refreshHash, Date.now() + TTL_MS)
}

/** Returns whether this isolate recorded a refusal of the refresh token within the last minute. */
export const wasRefused = (refreshHash: string): boolean => (refusedUntil.get(refreshHash) ?? 0) > Date.now()
