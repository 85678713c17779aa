import { setTimeout as sleep } from 'node:timers/promises'
import type { Answers, Cloudflare } from './cloudflare.ts'
import type { Step, Watch } from './roll-out.ts'
import type { Outcome } from './smoke/smoke.ts'

type WatchOptions = {
  cloudflare: Pick<Cloudflare, 'answers'>
  /** Runs the smoke test on a version. */
  smoke: (version: string) => Promise<Outcome[]>
  log: (line: string) => void
  /** Duration of a step's watch, and the interval of its checks, in seconds. */
  seconds: number
  every: number
}

/** Limit of a version's failure rate; or TIMES_THE_OLD times that of the old version, if that is higher. */
const SHARE_MAX = 0.01
const TIMES_THE_OLD = 3
/** Fewer failures are considered chance. */
const FAILURES_MIN = 5
/** Failures in a row of the smoke test and of reading the logs that end a release: deployments spread slowly, networks fail at times. */
const IN_A_ROW = 2
const BLIND_IN_A_ROW = 3

/** Returns a watch of a step: runs smoke tests on the version, and compares its failure rate with the old version's. */
export function watchWith(watching: WatchOptions): Watch {
  // A cancelled release has only seconds to roll back, so do not wait for pending checks, which may take half a minute.
  return (step, signal) => Promise.race([runWatch(watching, step, signal), aborted(signal)])
}

async function runWatch({ cloudflare, smoke, log, seconds, every }: WatchOptions, step: Step, signal: AbortSignal) {
  const { version, percent } = step
  const since = new Date()
  let smoked = 0
  let blind = 0
  for (let passed = 0; passed < seconds && !signal.aborted; passed += every) {
    await sleep(every * 1000, undefined, { signal }).catch(() => {})
    if (signal.aborted) break
    const bad = (await smoke(version)).filter(({ reason }) => reason !== undefined)
    smoked = bad.length > 0 ? smoked + 1 : 0
    const failures = bad.map(({ name, reason }) => `${name}: ${reason}`).join('; ')
    if (smoked >= IN_A_ROW) return failures
    const counts = await count(cloudflare, step, since)
    blind = counts ? 0 : blind + 1
    if (blind >= BLIND_IN_A_ROW) return 'Workers Logs cannot be read, so the release cannot be watched'
    if (!counts) continue
    log(
      `  ${percent} %: ${percentOf(counts.now)}; before ${percentOf(counts.before)}${failures && `; smoke: ${failures}`}`,
    )
    const reason = rollbackReason(counts.now, counts.before)
    if (reason) return reason
  }
  return null
}

const aborted = (signal: AbortSignal) =>
  new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null)
    signal.addEventListener('abort', () => resolve(null), { once: true })
  })

async function count({ answers }: WatchOptions['cloudflare'], { version, previous }: Step, since: Date) {
  try {
    const [now, before] = await Promise.all([answers(version, since), answers(previous, since)])
    return { now, before }
  } catch {
    return null
  }
}

/** Returns why a version must be rolled back, or null. */
export function rollbackReason(now: Answers, before: Answers): string | null {
  const bound = Math.max(SHARE_MAX, TIMES_THE_OLD * shareOf(before))
  return now.failed >= FAILURES_MIN && shareOf(now) > bound ? `${percentOf(now)}` : null
}

const shareOf = ({ requests, failed }: Answers) => (requests === 0 ? 0 : failed / requests)

const percentOf = (answers: Answers) =>
  `${answers.failed} of ${answers.requests} requests failed (${(100 * shareOf(answers)).toFixed(1)} %)`
