import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { rankTags } from '../models/search.ts'
import { sweepOnce } from '../models/sweep.ts'

/** Rows of a kind that one statement deletes: few enough that nobody waits for their locks. */
const BATCH = 1_000
/** Batches a minute: what is left over is for the next one. */
const BATCHES = 200

/** What the cron runs each minute: removes what has ended, and writes what is talked about. */
export async function everyMinute({ databaseUrl, neonEndpoint }: Env): Promise<void> {
  const db = new Db({ databaseUrl, neonEndpoint })
  for (let batch = 0; batch < BATCHES; batch += 1) {
    if (!(await sweepOnce(db, BATCH))) break
  }
  await rankTags(db)
}
