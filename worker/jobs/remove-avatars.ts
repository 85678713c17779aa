import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { deleteImageRemovals, imageRemovals, usedAvatars } from '../models/avatar-removals.ts'
import { avatarObjectKey, UNSURE, unsureKey } from '../models/avatars.ts'
import { awaitBucket } from '../models/await-media.ts'

/** R2's limit of objects per call. */
const BATCH = 1_000

/** Age in ms after which an upload and its write to Postgres have surely ended. */
const SETTLED_MS = 3_600_000

/** Deletes avatars that no user has from the bucket, for about `maxMs` milliseconds; the next run continues. */
export async function removeUnusedAvatars({ databaseUrl, neonEndpoint, avatars }: Env, maxMs: number): Promise<void> {
  const db = new Db({ databaseUrl, neonEndpoint })
  await removeReplaced(db, avatars, maxMs)
  await removeUnnamed(db, avatars)
}

async function removeReplaced(db: Db, avatars: Env['avatars'], maxMs: number): Promise<void> {
  const startedAt = Date.now()
  for (;;) {
    const keys = await imageRemovals(db, BATCH)
    if (keys.length > 0) {
      await awaitBucket(avatars.delete(keys.map(avatarObjectKey)))
      await deleteImageRemovals(db, keys)
    }
    if (keys.length < BATCH || Date.now() - startedAt > maxMs) return
  }
}

/** Deletes uploads whose write to Postgres had an unknown outcome, unless a user's row names them. */
async function removeUnnamed(db: Db, avatars: Env['avatars']): Promise<void> {
  const { objects } = await awaitBucket(avatars.list({ prefix: UNSURE, limit: BATCH }))
  const keys = objects
    .filter(({ uploaded }) => Date.now() - uploaded.getTime() > SETTLED_MS)
    .map(({ key }) => key.slice(UNSURE.length))
  if (keys.length === 0) return
  const used = new Set(await usedAvatars(db, keys))
  const unnamed = keys.filter((key) => !used.has(key))
  // Delete the marks last, so that the next run finds an avatar whose deletion failed.
  if (unnamed.length > 0) await awaitBucket(avatars.delete(unnamed.map(avatarObjectKey)))
  await awaitBucket(avatars.delete(keys.map(unsureKey)))
}
