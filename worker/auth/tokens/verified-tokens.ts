import { sha256, toHex } from '../../digest.ts'
import type { Env } from '../../env.ts'
import { LruCache } from '../../lru-cache.ts'
import type { Viewer } from '../../viewer.ts'

/** The verified claims of an access token that we use. */
export type VerifiedToken = { viewer: Viewer; username: string }

/** LRU capacity per isolate, in tokens. */
export const CAPACITY = 2_000

/** Verified tokens by cache key. `expiresAt`: when the token expires, Unix time in seconds. */
const verifiedTokens = new LruCache<{ verified: VerifiedToken; expiresAt: number }>(CAPACITY)

/** Returns the cache key: a hash of the token and its pool, so that the cache holds no usable token. */
export async function cacheKeyOf({ cognito }: Env, token: string): Promise<string> {
  return toHex(await sha256([JSON.stringify(cognito.issuers), cognito.clientId, token].join('\n')))
}

/** Returns a cached token; undefined if it was not verified by this isolate or has expired. */
export function findVerified(cacheKey: string): VerifiedToken | undefined {
  const known = verifiedTokens.get(cacheKey)
  return known && known.expiresAt > Math.floor(Date.now() / 1000) ? known.verified : undefined
}

export function storeVerified(cacheKey: string, verified: VerifiedToken, expiresAt: number): void {
  verifiedTokens.set(cacheKey, { verified, expiresAt })
}
