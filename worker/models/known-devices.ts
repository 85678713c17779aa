import * as z from 'zod/mini'
import isKnownSql from '../../sql/queries/known_devices/is_known.sql'
import knownSinceSql from '../../sql/queries/known_devices/known_since.sql'
import type { Db } from '../db/client.ts'
import { query } from '../db/query.ts'

export const known = query({
  name: 'known_devices/is_known',
  text: isKnownSql,
  params: { sub: 'text', since: 'bigint' },
  row: z.object({ is_known: z.boolean() }),
})
export const since = query({
  name: 'known_devices/known_since',
  text: knownSinceSql,
  params: { sub: 'text' },
  row: z.object({ since: z.number() }),
})

/** An account that a browser has signed in to, and when: seconds since the epoch. */
export type KnownDevice = { sub: string; since: number }

/** Whether nobody has ended all sessions of the account since this browser signed in to it. */
export async function isKnown(db: Db, { sub, since }: KnownDevice): Promise<boolean> {
  return (await db.first(known, { sub, since }))?.is_known ?? false
}

/** From when on a browser is known, in seconds since the epoch, after all sessions were ended; undefined: they were not. */
export async function knownSince(db: Db, sub: string): Promise<number | undefined> {
  return (await db.first(since, { sub }))?.since
}
