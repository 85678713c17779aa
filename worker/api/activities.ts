import { optionalUser, requireUser } from '../auth/require.ts'
import { newActivity, newReply } from '../contract/activity.ts'
import { listQuery } from '../contract/list.ts'
import { newApp } from '../hono-env.ts'
import { createActivity, deleteActivity, repliesOf, replyTo, showActivity } from '../models/activities.ts'
import { everyoneFeed, homeFeed } from '../models/feeds.ts'
import { body, search } from './validate.ts'

/** /api/activities: cruds, and the feeds that they stand in. */
export const activities = newApp()
  .get('/home', requireUser, search(listQuery), async (c) => {
    return c.json(await homeFeed(c.env.db, c.var.viewer, c.req.valid('query')), 200)
  })
  .get('/everyone', optionalUser, search(listQuery), async (c) => {
    return c.json(await everyoneFeed(c.env.db, c.var.viewer, c.req.valid('query')), 200)
  })
  .post('/', requireUser, body(newActivity), async (c) => {
    return c.json(await createActivity(c.env.db, c.var.viewer, c.req.valid('json')), 201)
  })
  .get('/:uuid', optionalUser, async (c) => {
    return c.json(await showActivity(c.env.db, c.var.viewer, c.req.param('uuid')), 200)
  })
  .delete('/:uuid', requireUser, async (c) => {
    await deleteActivity(c.env.db, c.var.viewer, c.req.param('uuid'))
    return c.body(null, 204)
  })
  .get('/:uuid/replies', optionalUser, search(listQuery), async (c) => {
    return c.json(await repliesOf(c.env.db, c.var.viewer, c.req.param('uuid'), c.req.valid('query')), 200)
  })
  .post('/:uuid/replies', requireUser, body(newReply), async (c) => {
    return c.json(await replyTo(c.env.db, c.var.viewer, c.req.param('uuid'), c.req.valid('json')), 201)
  })
