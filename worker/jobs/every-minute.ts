import type { Execution } from '../context.ts'
import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { rankTags } from '../models/search.ts'
import { ENDING, sweepOnce } from '../models/sweep.ts'
import { report, toFailure } from '../observe/report.ts'
import { finishDepartures } from './finish-departures.ts'
import { removeAvatars } from './remove-avatars.ts'
import { revokeSessions } from './revoke-sessions.ts'

/** Rows of a kind that one statement deletes: few enough that nobody waits for their locks, or for Postgres. */
const BATCH = 250
/** Sweeping, and then removing, goes on for so many milliseconds at most: what is left over is for the next minute. */
const MOST_MS = 45_000

/**
 * What the cron runs each minute: removes what has ended, whoever has left and pictures that nobody has, tells Cognito which
 * sessions have ended, and writes what is talked about. A part that fails is reported and keeps no other from its work.
 * @throws what the first of them failed with, so that the minute counts as failed.
 */
export async function everyMinute(env: Env, execution: Execution): Promise<void> {
  const { databaseUrl, neonEndpoint } = env
  const db = new Db({ databaseUrl, neonEndpoint })
  const parts: [name: string, run: () => Promise<void>][] = [
    ['sweep', () => sweep(db)],
    ['tags', () => rankTags(db)],
    ['departures', () => finishDepartures(env, MOST_MS)],
    ['pictures', () => removeAvatars(env, MOST_MS)],
    ['sessions', () => revokeSessions(env, MOST_MS)],
  ]
  const failures: unknown[] = []
  for (const [name, run] of parts) {
    try {
      await run()
    } catch (error) {
      failures.push(error)
      const at = { env, waitUntil: (work: Promise<unknown>) => execution.waitUntil(work) }
      report(toFailure(error, crypto.randomUUID(), `cron: ${name}`), at)
    }
  }
  if (failures.length > 0) throw failures[0]
}

/** Batch by batch; after each, whoever reads has the database for twice as long as that took. */
async function sweep(db: Db): Promise<void> {
  const startedAt = Date.now()
  let left = ENDING
  for (;;) {
    const batchAt = Date.now()
    left = await sweepOnce(db, left, BATCH)
    const now = Date.now()
    if (left.length === 0 || now - startedAt > MOST_MS) return
    await new Promise((resolve) => setTimeout(resolve, 2 * (now - batchAt)))
  }
}
