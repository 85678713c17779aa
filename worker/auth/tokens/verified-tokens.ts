import { sha256, toHex } from '../../digest.ts'
import type { Env } from '../../env.ts'
import { LruCache } from '../../lru-cache.ts'
import type { Viewer } from '../../viewer.ts'

/** LRU capacity per isolate, in tokens. */
export const CAPACITY = 2_000

/** Viewers of verified tokens, by cache key. `expiresAt`: when the token expires, Unix time in seconds. */
const verifiedTokens = new LruCache<{ viewer: Viewer; expiresAt: number }>(CAPACITY)

/** Returns the cache key: a hash of the token and its pool, so that the cache holds no usable token. */
export async function cacheKeyOf({ cognito }: Env, token: string): Promise<string> {
  return toHex(await sha256([JSON.stringify(cognito.issuers), cognito.clientId, token].join('\n')))
}

/** Returns the viewer of a token; undefined if this isolate has not verified it, or it has expired. */
export function findVerified(cacheKey: string): Viewer | undefined {
  const known = verifiedTokens.get(cacheKey)
  return known && known.expiresAt > Math.floor(Date.now() / 1000) ? known.viewer : undefined
}

export function storeVerified(cacheKey: string, viewer: Viewer, expiresAt: number): void {
  verifiedTokens.set(cacheKey, { viewer, expiresAt })
}
