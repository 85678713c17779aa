import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { fromBucket, objectKey, UNSURE, unsureKey } from '../models/avatars.ts'
import { deleteImageRemovals, imageRemovals, usedAvatars } from '../models/image-removals.ts'

/** What R2 lists and removes in one call. */
const BATCH = 1_000

/** After this no upload is under way any more, nor its write to Postgres; ms. */
const SETTLED = 3_600_000

/** Removes avatars that no user has from the bucket, for `maxMs` milliseconds at most; the next run goes on. */
export async function removeImages({ databaseUrl, neonEndpoint, avatars }: Env, maxMs: number): Promise<void> {
  const db = new Db({ databaseUrl, neonEndpoint })
  await removeReplaced(db, avatars, maxMs)
  await removeUnnamed(db, avatars)
}

async function removeReplaced(db: Db, avatars: Env['avatars'], maxMs: number): Promise<void> {
  const startedAt = Date.now()
  for (;;) {
    const keys = await imageRemovals(db, BATCH)
    if (keys.length > 0) {
      await fromBucket(avatars.delete(keys.map(objectKey)))
      await deleteImageRemovals(db, keys)
    }
    if (keys.length < BATCH || Date.now() - startedAt > maxMs) return
  }
}

/** Of uploads that failed without telling whether a row names them: one that does keeps its picture. */
async function removeUnnamed(db: Db, avatars: Env['avatars']): Promise<void> {
  const { objects } = await fromBucket(avatars.list({ prefix: UNSURE, limit: BATCH }))
  const keys = objects
    .filter(({ uploaded }) => Date.now() - uploaded.getTime() > SETTLED)
    .map(({ key }) => key.slice(UNSURE.length))
  if (keys.length === 0) return
  const kept = new Set(await usedAvatars(db, keys))
  const unnamed = keys.filter((key) => !kept.has(key))
  // The marks last: a picture whose removal fails must be found again.
  if (unnamed.length > 0) await fromBucket(avatars.delete(unnamed.map(objectKey)))
  await fromBucket(avatars.delete(keys.map(unsureKey)))
}
