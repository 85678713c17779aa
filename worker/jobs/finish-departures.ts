import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { fromBucket, objectKey } from '../models/avatars.ts'
import { leavingPeople, notePictureRemoved, removeOnce } from '../models/departures.ts'

/** Rows of a kind that one statement deletes: few enough that nobody waits for their locks, or for Postgres. */
const BATCH = 250
const PEOPLE = 100

/**
 * Removes what people have left who deleted their accounts, for so many milliseconds at most; the next run goes on. After each
 * batch, whoever reads has the database for as long as that took. Where a picture cannot be removed, all else is, and whose
 * it is stays hidden until it can.
 */
export async function finishDepartures(env: Env, most: number): Promise<void> {
  const { databaseUrl, neonEndpoint, avatars } = env
  const db = new Db({ databaseUrl, neonEndpoint })
  const startedAt = Date.now()
  let failure: unknown
  for (;;) {
    const batchAt = Date.now()
    const leaving = await leavingPeople(db, PEOPLE)
    if (leaving.length === 0) break
    let removed = 0
    for (const { avatar_key } of leaving) {
      if (avatar_key === null || failure) continue
      try {
        await fromBucket(avatars.delete(objectKey(avatar_key)))
        await notePictureRemoved(db, avatar_key)
        removed += 1
      } catch (error) {
        failure = error
      }
    }
    removed += await removeOnce(db, BATCH)
    const now = Date.now()
    if (removed === 0 || now - startedAt > most) break
    await new Promise((resolve) => setTimeout(resolve, now - batchAt))
  }
  if (failure) throw failure
}
