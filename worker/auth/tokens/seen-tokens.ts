import type { Viewer } from '../../contract/viewer.ts'
import { sha256, toHex } from '../../digest.ts'
import type { Env } from '../../env.ts'

/** What a good access token tells. */
export type AccessToken = { viewer: Viewer; username: string }

/** So many tokens an isolate remembers; for one more it forgets the one that it has not seen for the longest. */
export const SEEN_MAX = 2_000

/** `until`: seconds since the epoch from which on the token does not count any more. */
const seen = new Map<string, { verified: AccessToken; until: number }>()

/** Cache key: a hash of the token and of the pool that it must be of, so that the cache holds no usable token. */
export async function nameOf({ cognito }: Env, token: string): Promise<string> {
  return toHex(await sha256([JSON.stringify(cognito.issuers), cognito.clientId, token].join('\n')))
}

/** What a token was found to be when its signature was checked here, as long as it counts. */
export function recall(name: string): AccessToken | undefined {
  const known = seen.get(name)
  seen.delete(name)
  if (!known || known.until <= Math.floor(Date.now() / 1000)) return undefined
  seen.set(name, known)
  return known.verified
}

export function remember(name: string, verified: AccessToken, until: number): void {
  seen.set(name, { verified, until })
  const [oldest] = seen.keys()
  if (seen.size > SEEN_MAX && oldest !== undefined) seen.delete(oldest)
}
