import * as z from 'zod/mini'
import endSql from '../../sql/queries/devices/end.sql'
import endOthersSql from '../../sql/queries/devices/end_others.sql'
import listSql from '../../sql/queries/devices/list.sql'
import refuseUnseenSql from '../../sql/queries/devices/refuse_unseen.sql'
import { AppError } from '../contract/app-error.ts'
import { type Device, device } from '../contract/device.ts'
import type { List } from '../contract/list.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Db } from '../db/client.ts'
import { asViewer, query, VIEWER } from '../db/query.ts'
import { isUuid, type Paging, readCursor, toList } from './paging.ts'

/** The viewer, and which of their sessions asks. */
const ASKING = { ...VIEWER, session_hash: 'text' } as const
const asAsking = (viewer: Viewer) => ({ ...asViewer(viewer), session_hash: viewer.session_hash })

export const devices = query({
  name: 'devices/list',
  text: listSql,
  params: { ...ASKING, before: 'uuid?', limit: 'integer' },
  row: device,
  requiresViewer: true,
})
export const endOne = query({
  name: 'devices/end',
  text: endSql,
  params: { ...ASKING, session_uuid: 'uuid' },
  row: z.object({ current: z.boolean() }),
  requiresViewer: true,
})
export const endOthers = query({
  name: 'devices/end_others',
  text: endOthersSql,
  params: ASKING,
  row: z.object({ uuid: z.string() }),
  requiresViewer: true,
})
export const refuseUnseen = query({
  name: 'devices/refuse_unseen',
  text: refuseUnseenSql,
  params: VIEWER,
  row: z.object({ uuid: z.string() }),
  requiresViewer: true,
})

/** Where the viewer is signed in, the latest sign-in first. */
export async function devicesOf(db: Db, viewer: Viewer, { cursor, limit }: Paging): Promise<List<Device>> {
  const [before = null] = readCursor(cursor, 1)
  const rows = await db.many(devices, { ...asAsking(viewer), before, limit: limit + 1 })
  return toList(rows, limit, (last) => last.uuid)
}

/**
 * Ends one session of the viewer's; again, without effect, if it has ended. Returns whether it was the one that asks.
 * @throws AppError not_found for somebody else's, or one that is not there.
 */
export async function endDevice(db: Db, viewer: Viewer, session_uuid: string): Promise<{ current: boolean }> {
  const ended = isUuid(session_uuid) ? await db.first(endOne, { ...asAsking(viewer), session_uuid }) : undefined
  if (!ended) throw new AppError('not_found')
  return ended
}

/** Ends every session of the viewer's but the one that asks, those too that were never seen here. */
export async function endOtherSessions(db: Db, viewer: Viewer): Promise<void> {
  await Promise.all([
    // First: it locks the person's sessions, so that none comes in between.
    db.many(refuseUnseen, asViewer(viewer)),
    db.many(endOthers, asAsking(viewer)),
  ])
}
