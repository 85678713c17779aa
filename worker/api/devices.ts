import { requireUser } from '../auth/require.ts'
import { device } from '../contract/device.ts'
import { listOf, listQuery } from '../contract/list.ts'
import { newApp } from '../hono-env.ts'
import { closeSockets } from '../live/nudge.ts'
import { devicesOf, endDevice, endOtherSessions } from '../models/devices.ts'
import { endedDevice, endedOtherSessions } from '../observe/events.ts'
import { describe } from './describe.ts'
import { query } from './validate.ts'

/** Routes of /api/session/devices and /others: the viewer's sessions. An ended session is refused from the next request on. */
export const devices = newApp()
  .get(
    '/devices',
    describe({ summary: 'Where the viewer is signed in', answers: { 200: listOf(device) } }),
    requireUser,
    query(listQuery),
    async (c) => {
      return c.json(await devicesOf(c.env.db, c.var.viewer, c.req.valid('query')), 200)
    },
  )
  .delete(
    '/devices/:uuid',
    describe({ summary: 'End the session of a device', answers: { 204: null } }),
    requireUser,
    async (c) => {
      const { db } = c.env
      const { session_hash: by } = c.var.viewer
      const { current, endedHash } = await endDevice(db, c.var.viewer, c.req.param('uuid'))
      closeSockets(c.env, db.viewerUuid, { only: endedHash, by })
      if (current) c.env.endSession()
      endedDevice(c.env)
      return c.body(null, 204)
    },
  )
  .delete(
    '/others',
    describe({ summary: 'End all sessions but this one', answers: { 204: null } }),
    requireUser,
    async (c) => {
      const { db } = c.env
      await endOtherSessions(db, c.var.viewer)
      closeSockets(c.env, db.viewerUuid, { except: c.var.viewer.session_hash })
      endedOtherSessions(c.env)
      return c.body(null, 204)
    },
  )
