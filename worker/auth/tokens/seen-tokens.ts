import type { Viewer } from '../../contract/viewer.ts'
import { sha256, toHex } from '../../digest.ts'
import type { Env } from '../../env.ts'
import { RecentlySeen } from '../recently-seen.ts'

/** The verified claims of an access token that we use. */
export type AccessToken = { viewer: Viewer; username: string }

/** LRU capacity per isolate, in tokens. */
export const SEEN_MAX = 2_000

/** Verified tokens by cache key. `until`: when the token expires, Unix time in seconds. */
const seen = new RecentlySeen<{ verified: AccessToken; until: number }>(SEEN_MAX)

/** Returns the cache key: a hash of the token and its pool, so that the cache holds no usable token. */
export async function nameOf({ cognito }: Env, token: string): Promise<string> {
  return toHex(await sha256([JSON.stringify(cognito.issuers), cognito.clientId, token].join('\n')))
}

/** Returns a cached token; undefined if it was not verified by this isolate or has expired. */
export function recall(name: string): AccessToken | undefined {
  const known = seen.recall(name)
  return known && known.until > Math.floor(Date.now() / 1000) ? known.verified : undefined
}

export function remember(name: string, verified: AccessToken, until: number): void {
  seen.remember(name, { verified, until })
}
