import type { Db } from '../db/client.ts'
import { readClock } from '../db/client.ts'

/** Checks that the database answers. @throws AppError database_unavailable */
export async function isAnswering(db: Db): Promise<void> {
  await db.readOne(readClock, {})
}
