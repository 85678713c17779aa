import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import { type StoredArrival, storedArrival } from '../contract/arrival.ts'
import { ARRIVAL_FOLLOWS_MAX } from '../contract/limits.ts'
import type { Db, Reader } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'

export const readArrival = readFunction({
  name: 'read_arrival',
  params: { viewer_sub: 'text', enough: 'integer' },
  row: storedArrival,
  requiresViewer: true,
})
export const dismissArrivalFunction = writeFunction({
  name: 'dismiss_arrival',
  params: { viewer_sub: 'text' },
  row: z.object({}),
  requiresViewer: true,
  allowsSuspended: true,
})

/** Returns what home shows the viewer as a new user. */
export async function arrivalOf(db: Reader, viewer: Viewer): Promise<StoredArrival> {
  const row = await db.readOne(readArrival, { viewer_sub: viewer.sub, enough: ARRIVAL_FOLLOWS_MAX })
  if (!row) throw new AppError('not_found')
  return row
}

/** Shows it to the viewer no more. */
export async function dismissArrival(db: Db, viewer: Viewer): Promise<void> {
  await db.write(dismissArrivalFunction, { viewer_sub: viewer.sub })
}
