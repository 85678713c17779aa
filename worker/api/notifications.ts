import { requireUser } from '../auth/require.ts'
import { readerOf } from '../context.ts'
import { listOf, listQuery } from '../contract/list.ts'
import { notification, readUpTo, unread } from '../contract/notification.ts'
import { newApp } from '../hono-env.ts'
import { markRead, notificationsOf, unreadOf } from '../models/notifications.ts'
import { describe } from './describe.ts'
import { toActivity } from './from-stored.ts'
import { body, query } from './validate.ts'

/** Routes of /api/notifications: one row per event; the client groups neighbouring rows. */
export const notifications = newApp()
  .get(
    '/',
    describe({ summary: 'The viewer’s notifications, newest first', answers: { 200: listOf(notification) } }),
    requireUser,
    query(listQuery),
    async (c) => {
      const { data, next_cursor } = await notificationsOf(c.env.db, c.var.viewer, c.req.valid('query'))
      const shown = data.map(async ({ activity, ...rest }) => ({
        ...rest,
        activity: activity && (await toActivity(c.env, activity)),
      }))
      return c.json({ data: await Promise.all(shown), next_cursor }, 200)
    },
  )
  .get(
    '/unread',
    describe({ summary: 'How many notifications are unread', answers: { 200: unread } }),
    requireUser,
    async (c) => {
      return c.json(await unreadOf(readerOf(c.env), c.var.viewer), 200)
    },
  )
  .post(
    '/read',
    describe({ summary: 'Mark notifications as read, up to one', answers: { 200: unread } }),
    requireUser,
    body(readUpTo),
    async (c) => {
      return c.json(await markRead(c.env.db, c.var.viewer, c.req.valid('json').up_to), 200)
    },
  )
