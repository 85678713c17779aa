import { setTimeout as sleep } from 'node:timers/promises'
import type { Answers, Cloudflare } from './cloudflare.ts'
import type { Step, Watch } from './roll-out.ts'
import type { Outcome } from './smoke/smoke.ts'

type Watching = {
  cloudflare: Pick<Cloudflare, 'answers'>
  /** Tries the version itself. */
  smoke: (version: string) => Promise<Outcome[]>
  log: (line: string) => void
  /** How long each step is watched, and how often it is looked at. */
  seconds: number
  every: number
}

/** Of a version's answers so many may fail; more, and it goes, unless the old one does as badly. */
const SHARE_MAX = 0.01
const TIMES_THE_OLD = 3
/** Fewer failures than this are chance. */
const FAILURES_MIN = 5
/** A version is seen everywhere a few seconds after it was deployed, and a network fails at times. */
const IN_A_ROW = 2
const BLIND_IN_A_ROW = 3

/** Watches a step: smoke tests of the version itself, and what it has answered to everybody by its log. */
export function watchWith(watching: Watching): Watch {
  // A cancelled release has seconds to go back in, and what is asked meanwhile may wait for half a minute.
  return (step, signal) => Promise.race([look(watching, step, signal), aborted(signal)])
}

async function look({ cloudflare, smoke, log, seconds, every }: Watching, step: Step, signal: AbortSignal) {
  const { version, percent } = step
  const since = new Date()
  let smoked = 0
  let blind = 0
  for (let passed = 0; passed < seconds && !signal.aborted; passed += every) {
    await sleep(every * 1000, undefined, { signal }).catch(() => {})
    if (signal.aborted) break
    const bad = (await smoke(version)).filter(({ reason }) => reason !== undefined)
    smoked = bad.length > 0 ? smoked + 1 : 0
    const told = bad.map(({ name, reason }) => `${name}: ${reason}`).join('; ')
    if (smoked >= IN_A_ROW) return told
    const counts = await count(cloudflare, step, since)
    blind = counts ? 0 : blind + 1
    if (blind >= BLIND_IN_A_ROW) return 'Workers Logs cannot be read, so nothing tells how it goes'
    if (!counts) continue
    log(`  ${percent} %: ${percentOf(counts.now)}; before ${percentOf(counts.before)}${told && `; smoke: ${told}`}`)
    const wrong = judge(counts.now, counts.before)
    if (wrong) return wrong
  }
  return null
}

const aborted = (signal: AbortSignal) =>
  new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null)
    signal.addEventListener('abort', () => resolve(null), { once: true })
  })

async function count({ answers }: Watching['cloudflare'], { version, previous }: Step, since: Date) {
  try {
    const [now, before] = await Promise.all([answers(version, since), answers(previous, since)])
    return { now, before }
  } catch {
    return null
  }
}

/** Why a version that answers so must go, or null. */
export function judge(now: Answers, before: Answers): string | null {
  const bound = Math.max(SHARE_MAX, TIMES_THE_OLD * shareOf(before))
  return now.failed >= FAILURES_MIN && shareOf(now) > bound ? `${percentOf(now)}` : null
}

const shareOf = ({ requests, failed }: Answers) => (requests === 0 ? 0 : failed / requests)

const percentOf = (answers: Answers) =>
  `${answers.failed} of ${answers.requests} requests failed (${(100 * shareOf(answers)).toFixed(1)} %)`
