import * as z from 'zod/mini'
import type { Db } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'

const row = z.object({ avatar_key: z.string() })

export const readImageRemovals = readFunction({ name: 'read_image_removals', params: { batch_size: 'integer' }, row })
export const readUsedAvatars = readFunction({ name: 'read_used_avatars', params: { avatar_keys: 'text[]' }, row })
export const deleteImageRemovalsFunction = writeFunction({
  name: 'delete_image_removals',
  params: { avatar_keys: 'text[]' },
  row: z.object({}),
})

const keysOf = (rows: z.infer<typeof row>[]) => rows.map(({ avatar_key }) => avatar_key)

/** Returns keys of replaced avatars that are still in the bucket (table image_removals), at most `batch_size`. */
export const imageRemovals = async (db: Db, batch_size: number) =>
  keysOf(await db.read(readImageRemovals, { batch_size }))

/** Returns those of the keys that a user's row names. */
export const usedAvatars = async (db: Db, avatar_keys: string[]) =>
  keysOf(await db.read(readUsedAvatars, { avatar_keys }))

/** Records that these avatars were deleted from the bucket. */
export async function deleteImageRemovals(db: Db, avatar_keys: string[]): Promise<void> {
  await db.write(deleteImageRemovalsFunction, { avatar_keys })
}
