import { Db } from '../db/client.ts'
import type { Env } from '../env.ts'
import { awaitBucket } from '../models/await-media.ts'
import { imageObjectKey, imagesToRemove, noteImagesRemoved } from '../models/images.ts'

/** R2's limit of objects per call. */
const BATCH = 1_000

/**
 * Deletes the objects of images whose rows are gone, for about `maxMs` milliseconds; the next run continues. The rows of the queue go
 * last, so that a crash repeats the deletion.
 */
export async function removeActivityImages({ databaseUrl, neonEndpoint, avatars }: Env, maxMs: number): Promise<void> {
  const db = new Db({ databaseUrl, neonEndpoint })
  const startedAt = Date.now()
  for (;;) {
    const uuids = await imagesToRemove(db, BATCH)
    if (uuids.length > 0) {
      await awaitBucket(avatars.delete(uuids.map(imageObjectKey)))
      await noteImagesRemoved(db, uuids)
    }
    if (uuids.length < BATCH || Date.now() - startedAt > maxMs) return
  }
}
