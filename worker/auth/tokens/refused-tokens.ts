/** Milliseconds for which a refusal of Cognito's is remembered. */
const MEMORY = 60_000
/** Refusals that an isolate remembers; one more forgets the oldest. */
const MOST = 2_000

/** Until when each counts, ms since the epoch, by the hash of the refresh token. */
const refused = new Map<string, number>()

/** Remembers that Cognito refused a refresh token. */
export function rememberRefused(refreshHash: string): void {
  refused.delete(refreshHash)
  refused.set(refreshHash, Date.now() + MEMORY)
  const [oldest] = refused.keys()
  if (refused.size > MOST && oldest !== undefined) refused.delete(oldest)
}

/** Whether Cognito refused a refresh token within the last minute, as far as this isolate knows. */
export function wasRefused(refreshHash: string): boolean {
  const until = refused.get(refreshHash)
  if (until === undefined || until > Date.now()) return until !== undefined
  refused.delete(refreshHash)
  return false
}
