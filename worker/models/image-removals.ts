import * as z from 'zod/mini'
import type { Db } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'

const row = z.object({ avatar_key: z.string() })

export const readRemovals = readFunction({ name: 'read_image_removals', params: { batch_size: 'integer' }, row })
export const readUsed = readFunction({ name: 'read_used_avatars', params: { avatar_keys: 'text[]' }, row })
export const deleteRemovals = writeFunction({
  name: 'delete_image_removals',
  params: { avatar_keys: 'text[]' },
  row: z.object({}),
})

const keysOf = (rows: z.infer<typeof row>[]) => rows.map(({ avatar_key }) => avatar_key)

/** Keys of images in the bucket that no user has, at most `batch_size`. */
export const imageRemovals = async (db: Db, batch_size: number) => keysOf(await db.read(readRemovals, { batch_size }))

/** Those of the keys that a user has. */
export const usedAvatars = async (db: Db, avatar_keys: string[]) => keysOf(await db.read(readUsed, { avatar_keys }))

/** Notes that these images are out of the bucket. */
export async function deleteImageRemovals(db: Db, avatar_keys: string[]): Promise<void> {
  await db.write(deleteRemovals, { avatar_keys })
}
