import { setTimeout as sleep } from 'node:timers/promises'
import type { Cloudflare, RequestCounts } from './cloudflare.ts'
import type { Step, Watch } from './roll-out.ts'
import type { Outcome } from './smoke/smoke.ts'

type WatchOptions = {
  cloudflare: Pick<Cloudflare, 'countRequests'>
  /** Runs the smoke test on a version. */
  smoke: (version: string) => Promise<Outcome[]>
  log: (line: string) => void
  /** How long each step is watched, and the pause before each check, in seconds. */
  watchSeconds: number
  checkSeconds: number
}

/** Limit of a version's failure rate; or FAILURE_RATE_FACTOR times that of the old version, if that is higher. */
const FAILURE_RATE_MAX = 0.01
const FAILURE_RATE_FACTOR = 3
/** Fewer failures are taken for chance. */
const FAILURES_MIN = 5
/**
 * Numbers of failures in a row, of the smoke test and of reading the logs, that end a release. One is not enough: deployments spread
 * slowly, and networks fail at times.
 */
const SMOKE_FAILURES_IN_A_ROW = 2
const LOG_FAILURES_IN_A_ROW = 3

/** Returns a watch of a step: runs smoke tests on the version, and compares its failure rate with the old version's. */
export function watchWith(watching: WatchOptions): Watch {
  // A cancelled release has only seconds to roll back, so do not wait for pending checks, which may take half a minute.
  return (step, signal) => Promise.race([runWatch(watching, step, signal), aborted(signal)])
}

async function runWatch(
  { cloudflare, smoke, log, watchSeconds, checkSeconds }: WatchOptions,
  step: Step,
  signal: AbortSignal,
) {
  const { version, percent } = step
  const since = new Date()
  let smokeFailures = 0
  let logFailures = 0
  for (let elapsed = 0; elapsed < watchSeconds && !signal.aborted; elapsed += checkSeconds) {
    await sleep(checkSeconds * 1000, undefined, { signal }).catch(() => {})
    if (signal.aborted) break
    const failed = (await smoke(version)).filter(({ reason }) => reason !== undefined)
    smokeFailures = failed.length > 0 ? smokeFailures + 1 : 0
    const failures = failed.map(({ name, reason }) => `${name}: ${reason}`).join('; ')
    if (smokeFailures >= SMOKE_FAILURES_IN_A_ROW) return failures
    const counts = await countBoth(cloudflare, step, since)
    logFailures = counts ? 0 : logFailures + 1
    if (logFailures >= LOG_FAILURES_IN_A_ROW) return 'Workers Logs cannot be read, so the release cannot be watched'
    if (!counts) continue
    log(
      `  ${percent} %: ${describeCounts(counts.now)}; before ${describeCounts(counts.before)}${failures && `; smoke: ${failures}`}`,
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

async function countBoth({ countRequests }: WatchOptions['cloudflare'], { version, previous }: Step, since: Date) {
  try {
    const [now, before] = await Promise.all([countRequests(version, since), countRequests(previous, since)])
    return { now, before }
  } catch {
    return null
  }
}

/** Returns why a version must be rolled back, or null. */
export function rollbackReason(now: RequestCounts, before: RequestCounts): string | null {
  const limit = Math.max(FAILURE_RATE_MAX, FAILURE_RATE_FACTOR * failureRate(before))
  return now.failed >= FAILURES_MIN && failureRate(now) > limit ? `${describeCounts(now)}` : null
}

const failureRate = ({ requests, failed }: RequestCounts) => (requests === 0 ? 0 : failed / requests)

const describeCounts = (counts: RequestCounts) =>
  `${counts.failed} of ${counts.requests} requests failed (${(100 * failureRate(counts)).toFixed(1)} %)`
