import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { SWEEPS, type Sweep, sweepBatch } from '../models/sweep.ts'

/** Rows that one statement deletes: few, so that requests do not wait for its locks. */
const BATCH_SIZE = 250

/**
 * Deletes expired rows of all kinds, for about `maxMs` milliseconds; the next run continues. If one kind fails, the others are
 * still swept.
 * @throws the first kind's error.
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

/** Deletes a kind in batches. Pauses after each for twice as long as it took, so that requests get the database. */
async function sweepKind(db: Db, kind: Sweep, endsAt: number, batchSize: number): Promise<void> {
  for (;;) {
    const startedAt = Date.now()
    const count = await sweepBatch(db, kind, batchSize)
    const now = Date.now()
    if (count === 0 || now > endsAt) return
    await new Promise((resolve) => setTimeout(resolve, 2 * (now - startedAt)))
  }
}
