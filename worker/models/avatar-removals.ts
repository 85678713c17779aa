import * as z from 'zod/mini'
import namedSql from '../../sql/queries/avatars/named.sql'
import notedSql from '../../sql/queries/avatars/noted.sql'
import removedSql from '../../sql/queries/avatars/removed.sql'
import type { Db } from '../db/client.ts'
import { query } from '../db/query.ts'

const row = z.object({ avatar_key: z.string() })

export const noted = query({ name: 'avatars/noted', text: notedSql, params: { limit: 'integer' }, row })
export const named = query({ name: 'avatars/named', text: namedSql, params: { avatar_keys: 'text[]' }, row })
export const removed = query({
  name: 'avatars/removed',
  text: removedSql,
  params: { avatar_keys: 'text[]' },
  row: z.object({}),
})

const keysOf = (rows: z.infer<typeof row>[]) => rows.map(({ avatar_key }) => avatar_key)

/** At most `limit` pictures that a person had before, and that are still to be removed. */
export const replacedAvatars = async (db: Db, limit: number) => keysOf(await db.many(noted, { limit }))

/** Those of some pictures that somebody has. */
export const avatarsOfPeople = async (db: Db, avatar_keys: string[]) => keysOf(await db.many(named, { avatar_keys }))

export async function noteAvatarsRemoved(db: Db, avatar_keys: string[]): Promise<void> {
  await db.many(removed, { avatar_keys })
}
