import { requireUser } from '../auth/require.ts'
import { listOf, listQuery } from '../contract/list.ts'
import { listedUser, profile } from '../contract/user.ts'
import { newApp } from '../hono-env.ts'
import { changeRelation, followRequestsOf } from '../models/relations.ts'
import { describe } from './describe.ts'
import { handleFromSegment } from './handle-from-segment.ts'
import { query } from './validate.ts'

/** Route of /api/followers: removes a follower of the viewer. Idempotent; answers the new profile. */
export const followers = newApp().delete(
  '/:at_handle',
  describe({ summary: 'Remove a follower, or their request', answers: { 200: profile } }),
  requireUser,
  async (c) => {
    return c.json(
      await changeRelation(c.env.db, c.var.viewer, handleFromSegment(c.req.param('at_handle')), 'removeFollower'),
      200,
    )
  },
)

/** Routes of /api/follow-requests: requests to follow the viewer. Accepting and declining are idempotent and answer the new profile. */
export const followRequests = newApp()
  .get(
    '/',
    describe({ summary: 'Who asks to follow the viewer, the latest first', answers: { 200: listOf(listedUser) } }),
    requireUser,
    query(listQuery),
    async (c) => {
      return c.json(await followRequestsOf(c.env.db, c.var.viewer, c.req.valid('query')), 200)
    },
  )
  .put(
    '/:at_handle',
    describe({ summary: 'Accept a request to follow', answers: { 200: profile } }),
    requireUser,
    async (c) => {
      return c.json(
        await changeRelation(c.env.db, c.var.viewer, handleFromSegment(c.req.param('at_handle')), 'acceptRequest'),
        200,
      )
    },
  )
  .delete(
    '/:at_handle',
    describe({ summary: 'Decline a request to follow', answers: { 200: profile } }),
    requireUser,
    async (c) => {
      return c.json(
        await changeRelation(c.env.db, c.var.viewer, handleFromSegment(c.req.param('at_handle')), 'declineRequest'),
        200,
      )
    },
  )
