import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { avatarObjectKey } from '../models/avatars.ts'
import { awaitBucket } from '../models/await-media.ts'
import { accountDeletions, noteAvatarRemoved, sweepDeletedAccounts } from '../models/deleted-accounts.ts'

/** Rows that one statement deletes: few, so that requests do not wait for its locks. */
const BATCH_SIZE = 250
/** Number of accounts whose avatars are deleted in one round. */
const ACCOUNTS_MAX = 100

/**
 * Deletes the data of deleted accounts, for about `maxMs` milliseconds; the next run continues. Pauses after each round for as
 * long as it took, so that requests get the database. If an avatar cannot be deleted, everything else is, and the hidden user's
 * row stays until it can.
 * @throws AppError of the first avatar that could not be deleted.
 */
export async function finishAccountDeletions(env: Env, maxMs: number, batchSize = BATCH_SIZE): Promise<void> {
  const { databaseUrl, neonEndpoint, avatars } = env
  const db = new Db({ databaseUrl, neonEndpoint })
  const startedAt = Date.now()
  let failure: unknown
  for (;;) {
    const roundAt = Date.now()
    const deletions = await accountDeletions(db, ACCOUNTS_MAX)
    if (deletions.length === 0) break
    let removed = 0
    for (const { avatar_key } of deletions) {
      if (avatar_key === null || failure) continue
      try {
        await awaitBucket(avatars.delete(avatarObjectKey(avatar_key)))
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
