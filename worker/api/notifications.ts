import { requireUser } from '../auth/require.ts'
import { listQuery } from '../contract/list.ts'
import { readUpTo } from '../contract/notification.ts'
import { newApp } from '../hono-env.ts'
import { markRead, notificationsOf, unreadOf } from '../models/notifications.ts'
import { body, search } from './validate.ts'

/** /api/notifications: what others did that concerns one, as single rows; the screen groups neighbours. */
export const notifications = newApp()
  .get('/', requireUser, search(listQuery), async (c) => {
    return c.json(await notificationsOf(c.env.db, c.var.viewer, c.req.valid('query')), 200)
  })
  .get('/unread', requireUser, async (c) => {
    return c.json(await unreadOf(c.env.db, c.var.viewer), 200)
  })
  .post('/read', requireUser, body(readUpTo), async (c) => {
    return c.json(await markRead(c.env.db, c.var.viewer, c.req.valid('json').up_to), 200)
  })
