import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import { type Device, device } from '../contract/device.ts'
import type { List } from '../contract/list.ts'
import type { Db } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'
import { isUuid, type Paging, readCursor, toList } from './paging.ts'

/** The viewer and the session of the request. */
const SESSION_PARAMS = { viewer_sub: 'text', session_hash: 'text' } as const
const sessionValues = ({ sub, session_hash }: Viewer) => ({ viewer_sub: sub, session_hash })

export const readDevices = readFunction({
  name: 'read_devices',
  params: { ...SESSION_PARAMS, before: 'uuid?', page_size: 'integer' },
  row: device,
  requiresViewer: true,
})
export const endDeviceFunction = writeFunction({
  name: 'end_device',
  params: { ...SESSION_PARAMS, session_uuid: 'uuid' },
  row: z.object({ current: z.boolean(), ended_hash: z.string() }),
  requiresViewer: true,
  allowsSuspended: true,
})
export const endOtherSessionsFunction = writeFunction({
  name: 'end_other_sessions',
  params: SESSION_PARAMS,
  row: z.object({}),
  requiresViewer: true,
  allowsSuspended: true,
})

/** Returns the viewer's sessions, latest sign-in first. */
export async function devicesOf(db: Db, viewer: Viewer, { cursor, limit }: Paging): Promise<List<Device>> {
  const [before = null] = readCursor(cursor, 1)
  const rows = await db.read(readDevices, { ...sessionValues(viewer), before, page_size: limit + 1 })
  return toList(rows, limit, (last) => last.uuid)
}

/**
 * Ends one session of the viewer; idempotent. `current`: whether it is the session of this request; `endedHash`: its hash.
 * @throws AppError not_found for an unknown session or another user's.
 */
export async function endDevice(
  db: Db,
  viewer: Viewer,
  session_uuid: string,
): Promise<{ current: boolean; endedHash: string }> {
  const ended = isUuid(session_uuid)
    ? await db.writeOne(endDeviceFunction, { ...sessionValues(viewer), session_uuid })
    : undefined
  if (!ended) throw new AppError('not_found')
  return { current: ended.current, endedHash: ended.ended_hash }
}

/** Ends all sessions of the viewer but that of this request, including those without a row. */
export async function endOtherSessions(db: Db, viewer: Viewer): Promise<void> {
  await db.write(endOtherSessionsFunction, sessionValues(viewer))
}
