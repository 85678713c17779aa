/** A crud that a page shows: when it ends, in ms by the server's clock, and whose it is ("Your crud"). */
export type ExpiryEvent = { uuid: string; end: number; name: string }

/** What is said of a crud that somebody is at, so long before its end (ms), soonest first. */
const LEFT: readonly [ms: number, words: string][] = [
  [0, 'has burnt out.'],
  [5 * 60_000, 'has five minutes left.'],
  [60 * 60_000, 'has one hour left.'],
]

/** Burn-outs in a list are told together: what came within so long of the first, and so far apart at least; ms. */
const TOGETHER = 5_000
const APART = 60_000

/** So long after the last look comes the next at the latest, ms: the page may show other cruds by then. */
const AT_MOST = 10_000

/** What has ended is out of the page by so long after, ms. */
const OUT_BY = 1_200

/** Keeps account of the cruds on a page, and finds what assistive tech should hear of their ends. */
export function watchExpiries() {
  let known = new Map<string, ExpiryEvent>()
  let watched: ReadonlySet<string> = new Set()
  let last = Number.POSITIVE_INFINITY
  let burnt = 0
  /** From when on they may be told. */
  let tellAt = Number.NEGATIVE_INFINITY

  /**
   * Looks at a page's cruds, `near` being those that somebody is at: the one with the focus, the one that the page is
   * about. @returns what to say of the time since the last look, and when to look again
   */
  return function look(now: number, shown: readonly ExpiryEvent[], near: ReadonlySet<string>) {
    const sentences: string[] = []
    let ended = false
    for (const { uuid, end, name } of known.values()) {
      const passed = LEFT.find(([before]) => end - before > last && end - before <= now)
      if (!passed) continue
      const isOver = end <= now
      ended ||= isOver
      if (watched.has(uuid) || near.has(uuid)) sentences.push(`${name} ${passed[1]}`)
      else if (isOver) {
        if (burnt === 0) tellAt = Math.max(tellAt, now + TOGETHER)
        burnt += 1
      }
    }
    if (burnt > 0 && now >= tellAt) {
      sentences.push(burnt === 1 ? '1 crud burnt out.' : `${burnt} cruds burnt out.`)
      burnt = 0
      tellAt = now + APART
    }
    known = new Map(shown.filter(({ end }) => end > now).map((ending) => [ending.uuid, ending]))
    watched = near
    last = now
    const coming = [...known.values()].flatMap(({ uuid, end }) =>
      near.has(uuid) ? LEFT.map(([before]) => end - before) : [end],
    )
    if (burnt > 0) coming.push(tellAt)
    const next = Math.min(now + (ended ? OUT_BY : AT_MOST), ...coming.filter((instant) => instant > now))
    return { say: sentences.join(' '), next }
  }
}
