import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { SWEEPS, type Sweep, sweepBatch } from '../models/sweep.ts'

/** Rows that one statement deletes: few enough that nobody waits for their locks, or for Postgres. */
const BATCH_SIZE = 250

/**
 * Deletes what has expired, for `maxMs` milliseconds at most; the next run goes on. A kind that fails keeps no other from going.
 * @throws what the first of them failed with.
 */
export async function sweep({ databaseUrl, neonEndpoint }: Env, maxMs: number, batchSize = BATCH_SIZE): Promise<void> {
  const db = new Db({ databaseUrl, neonEndpoint })
  const endsAt = Date.now() + maxMs
  const failures: unknown[] = []
  for (const kind of SWEEPS) {
    await sweepKind(db, kind, endsAt, batchSize).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw failures[0]
}

/** Batch by batch until none is left; after each, readers have the database for twice as long as that took. */
async function sweepKind(db: Db, kind: Sweep, endsAt: number, batchSize: number): Promise<void> {
  for (;;) {
    const startedAt = Date.now()
    const count = await sweepBatch(db, kind, batchSize)
    const now = Date.now()
    if (count === 0 || now > endsAt) return
    await new Promise((resolve) => setTimeout(resolve, 2 * (now - startedAt)))
  }
}
