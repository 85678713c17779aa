import type { Viewer } from '../contract/viewer.ts'
import { sha256, toHex } from '../digest.ts'
import type { Env } from '../env.ts'
import { Recent } from './recent.ts'

/** What a good access token tells. */
export type AccessToken = { viewer: Viewer; username: string }

/** So many tokens an isolate remembers; for one more it forgets the one that it has not seen for the longest. */
export const SEEN_MAX = 2_000

/** `until`: seconds since the epoch from which on the token does not count any more. */
const seen = new Recent<{ verified: AccessToken; until: number }>(SEEN_MAX)

/** Cache key: a hash of the token and of the pool that it must be of, so that the cache holds no usable token. */
export async function nameOf({ cognito }: Env, token: string): Promise<string> {
  return toHex(await sha256([JSON.stringify(cognito.issuers), cognito.clientId, token].join('\n')))
}

/** What a token was found to be when its signature was checked here, as long as it counts. */
export function recall(name: string): AccessToken | undefined {
  const known = seen.recall(name)
  return known && known.until > Math.floor(Date.now() / 1000) ? known.verified : undefined
}

export function remember(name: string, verified: AccessToken, until: number): void {
  seen.remember(name, { verified, until })
}
