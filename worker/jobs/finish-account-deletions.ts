import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { fromBucket, objectKey } from '../models/avatars.ts'
import { accountDeletions, noteAvatarRemoved, sweepDeletedAccounts } from '../models/deleted-accounts.ts'

/** Rows of a kind that one statement deletes: few enough that nobody waits for their locks, or for Postgres. */
const BATCH_SIZE = 250
/** Accounts whose avatars are removed in one round. */
const ACCOUNTS = 100

/**
 * Removes what deleted accounts have left, for `maxMs` milliseconds at most; the next run goes on. After each round, readers
 * have the database for as long as that took. Where an avatar cannot be removed, all else is, and its user stays hidden until
 * it can.
 */
export async function finishAccountDeletions(env: Env, maxMs: number, batchSize = BATCH_SIZE): Promise<void> {
  const { databaseUrl, neonEndpoint, avatars } = env
  const db = new Db({ databaseUrl, neonEndpoint })
  const startedAt = Date.now()
  let failure: unknown
  for (;;) {
    const roundAt = Date.now()
    const deletions = await accountDeletions(db, ACCOUNTS)
    if (deletions.length === 0) break
    let removed = 0
    for (const { avatar_key } of deletions) {
      if (avatar_key === null || failure) continue
      try {
        await fromBucket(avatars.delete(objectKey(avatar_key)))
        await noteAvatarRemoved(db, avatar_key)
        removed += 1
      } catch (error) {
        failure = error
      }
    }
    removed += await sweepDeletedAccounts(db, batchSize)
    const now = Date.now()
    if (removed === 0 || now - startedAt > maxMs) break
    await new Promise((resolve) => setTimeout(resolve, now - roundAt))
  }
  if (failure) throw failure
}
