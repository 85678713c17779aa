import { requireUser } from '../auth/require.ts'
import { listOf, listQuery } from '../contract/list.ts'
import { profile, user } from '../contract/user.ts'
import { newApp } from '../hono-env.ts'
import { changeRelation, circleOf } from '../models/relations.ts'
import { describe } from './describe.ts'
import { handleFromSegment } from './handle-from-segment.ts'
import { query } from './validate.ts'

/** Routes of /api/circle: the members, which only the viewer can read. Changes are idempotent and answer the new profile. */
export const circle = newApp()
  .get(
    '/',
    describe({ summary: 'Who is in the viewer’s circle', answers: { 200: listOf(user) } }),
    requireUser,
    query(listQuery),
    async (c) => {
      return c.json(await circleOf(c.env.db, c.var.viewer, c.req.valid('query')), 200)
    },
  )
  .put(
    '/:at_handle',
    describe({ summary: 'Add a user to the circle', answers: { 200: profile }, errors: ['circle_self'] }),
    requireUser,
    async (c) => {
      return c.json(
        await changeRelation(c.env.db, c.var.viewer, handleFromSegment(c.req.param('at_handle')), 'addToCircle'),
        200,
      )
    },
  )
  .delete(
    '/:at_handle',
    describe({ summary: 'Remove a user from the circle', answers: { 200: profile } }),
    requireUser,
    async (c) => {
      return c.json(
        await changeRelation(c.env.db, c.var.viewer, handleFromSegment(c.req.param('at_handle')), 'removeFromCircle'),
        200,
      )
    },
  )
