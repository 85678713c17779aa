/** How long to remember a refused token, in ms. */
const TTL_MS = 60_000
/** Limit of remembered tokens per isolate; the oldest is evicted. */
const CAPACITY = 2_000

/** Expiry of each entry (Unix time in ms), by the hash of the refresh token. */
const refused = new Map<string, number>()

/** Records that Cognito refused a refresh token, or that it was revoked. */
export function rememberRefused(refreshHash: string): void {
  refused.delete(refreshHash)
  refused.set(refreshHash, Date.now() + TTL_MS)
  const [oldest] = refused.keys()
  if (refused.size > CAPACITY && oldest !== undefined) refused.delete(oldest)
}

/** Returns whether this isolate recorded a refusal of the refresh token within the last minute. */
export function wasRefused(refreshHash: string): boolean {
  const until = refused.get(refreshHash)
  if (until === undefined || until > Date.now()) return until !== undefined
  refused.delete(refreshHash)
  return false
}
