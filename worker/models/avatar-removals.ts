import * as z from 'zod/mini'
import type { Db } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'

const row = z.object({ avatar_key: z.string() })

export const readReplaced = readFunction({ name: 'read_replaced_avatars', params: { batch_size: 'integer' }, row })
export const readUsed = readFunction({ name: 'read_used_avatars', params: { avatar_keys: 'text[]' }, row })
export const deleteRemovals = writeFunction({
  name: 'delete_avatar_removals',
  params: { avatar_keys: 'text[]' },
  row: z.object({}),
})

const keysOf = (rows: z.infer<typeof row>[]) => rows.map(({ avatar_key }) => avatar_key)

/** Keys of pictures that a user had before and that are still to be removed, at most `batch_size`. */
export const replacedAvatars = async (db: Db, batch_size: number) => keysOf(await db.read(readReplaced, { batch_size }))

/** Those of some keys of pictures that a user has. */
export const avatarsOfPeople = async (db: Db, avatar_keys: string[]) => keysOf(await db.read(readUsed, { avatar_keys }))

export async function noteAvatarsRemoved(db: Db, avatar_keys: string[]): Promise<void> {
  await db.write(deleteRemovals, { avatar_keys })
}
