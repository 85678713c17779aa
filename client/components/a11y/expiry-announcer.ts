/** When an activity on the page expires, and how an announcement names it ("Your crud"). */
export type ShownExpiry = { uuid: string; expiresAtMs: number; name: string }

/** What to announce about a followed activity, by the time left in ms; soonest first. */
const MILESTONES: readonly [msLeft: number, text: string][] = [
  [0, 'has burnt out.'],
  [5 * 60_000, 'has five minutes left.'],
  [60 * 60_000, 'has one hour left.'],
]

/** Expiries of activities that are not followed are announced as one number, for all within this time of the first, in ms. */
const BATCH_MS = 5_000
/** Minimum time between two announcements of such a number, in ms. */
const MIN_INTERVAL_MS = 60_000

/** Longest time between two checks, in ms: the page may show other activities by then. */
const MAX_WAIT_MS = 10_000

/** Time after an expiry by which the activity has left the page, in ms. */
const REMOVED_AFTER_MS = 1_200

/** Returns a function that checks the activities on a page for expiries to announce. It remembers the previous check. */
export function watchExpiries() {
  let known = new Map<string, ShownExpiry>()
  let followedBefore: ReadonlySet<string> = new Set()
  let lastCheck = Number.POSITIVE_INFINITY
  let expiredCount = 0
  /** Earliest time to announce `expiredCount`. */
  let announceAt = Number.NEGATIVE_INFINITY

  /**
   * Returns what to announce since the last check, and when to check again. Times are in ms by the server's clock.
   * @param followed activities that are announced one by one: the focused one and the page's focal one.
   */
  return function check(now: number, shown: readonly ShownExpiry[], followed: ReadonlySet<string>) {
    const sentences: string[] = []
    let anyExpired = false
    for (const { uuid, expiresAtMs, name } of known.values()) {
      const passed = MILESTONES.find(([msLeft]) => expiresAtMs - msLeft > lastCheck && expiresAtMs - msLeft <= now)
      if (!passed) continue
      const isExpired = expiresAtMs <= now
      anyExpired ||= isExpired
      if (followedBefore.has(uuid) || followed.has(uuid)) sentences.push(`${name} ${passed[1]}`)
      else if (isExpired) {
        if (expiredCount === 0) announceAt = Math.max(announceAt, now + BATCH_MS)
        expiredCount += 1
      }
    }
    if (expiredCount > 0 && now >= announceAt) {
      sentences.push(expiredCount === 1 ? '1 crud burnt out.' : `${expiredCount} cruds burnt out.`)
      expiredCount = 0
      announceAt = now + MIN_INTERVAL_MS
    }
    known = new Map(shown.filter(({ expiresAtMs }) => expiresAtMs > now).map((item) => [item.uuid, item]))
    followedBefore = followed
    lastCheck = now
    const upcoming = [...known.values()].flatMap(({ uuid, expiresAtMs }) =>
      followed.has(uuid) ? MILESTONES.map(([msLeft]) => expiresAtMs - msLeft) : [expiresAtMs],
    )
    if (expiredCount > 0) upcoming.push(announceAt)
    const latest = now + (anyExpired ? REMOVED_AFTER_MS : MAX_WAIT_MS)
    return { announcement: sentences.join(' '), nextCheck: Math.min(latest, ...upcoming.filter((time) => time > now)) }
  }
}
