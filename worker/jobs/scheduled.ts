import type { Execution } from '../context.ts'
import type { Env } from '../env.ts'
import { report, toFailure } from '../observe/report.ts'
import { finishAccountDeletions } from './finish-account-deletions.ts'
import { rankTags } from './rank-tags.ts'
import { removeActivityImages } from './remove-activity-images.ts'
import { removeUnusedAvatars } from './remove-avatars.ts'
import { revokeSessions } from './revoke-sessions.ts'
import { sweep } from './sweep.ts'

/** Time limit of each job, in ms; the next minute's run continues. */
const MAX_MS = 45_000

/** The jobs in order, with their names in the log. */
const JOBS: [name: string, run: (env: Env) => Promise<void>][] = [
  ['sweep', (env) => sweep(env, MAX_MS)],
  ['activity-images', (env) => removeActivityImages(env, MAX_MS)],
  ['tags', rankTags],
  ['account-deletions', (env) => finishAccountDeletions(env, MAX_MS)],
  ['avatars', (env) => removeUnusedAvatars(env, MAX_MS)],
  ['sessions', (env) => revokeSessions(env, MAX_MS)],
]

/**
 * Runs the jobs of the cron, each minute. A failed job is reported; the others still run.
 * @throws the first failed job's error, so that Cloudflare counts the run as failed.
 */
export async function runScheduled(env: Env, execution: Execution): Promise<void> {
  const failures: unknown[] = []
  for (const [name, run] of JOBS) {
    try {
      await run(env)
    } catch (error) {
      failures.push(error)
      const context = { settings: env, waitUntil: (work: Promise<unknown>) => execution.waitUntil(work) }
      report(toFailure(error, crypto.randomUUID(), `cron: ${name}`), context)
    }
  }
  if (failures.length > 0) throw failures[0]
}
