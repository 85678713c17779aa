import { requireUser } from '../auth/require.ts'
import { muteRequest, profile } from '../contract/user.ts'
import { newApp } from '../hono-env.ts'
import { changeRelation, mute } from '../models/relations.ts'
import { blocked, followed, muted } from '../observe/events.ts'
import { describe } from './describe.ts'
import { handleFromSegment } from './handle-from-segment.ts'
import { body } from './validate.ts'

/** Routes of follows, blocks and mutes of a user. Idempotent; each answers the user's profile after the change. */
export const relations = newApp()
  .put(
    '/:at_handle/follow',
    describe({ summary: 'Follow a user', answers: { 200: profile }, errors: ['follow_self', 'new_account_limit'] }),
    requireUser,
    async (c) => {
      const handle = handleFromSegment(c.req.param('at_handle'))
      const changed = await changeRelation(c.env.db, c.var.viewer, handle, 'follow')
      followed(c.env, changed.uuid)
      return c.json(changed, 200)
    },
  )
  .delete(
    '/:at_handle/follow',
    describe({ summary: 'Unfollow a user', answers: { 200: profile } }),
    requireUser,
    async (c) => {
      return c.json(
        await changeRelation(c.env.db, c.var.viewer, handleFromSegment(c.req.param('at_handle')), 'unfollow'),
        200,
      )
    },
  )
  .put(
    '/:at_handle/block',
    describe({ summary: 'Block a user', answers: { 200: profile }, errors: ['block_self'] }),
    requireUser,
    async (c) => {
      const changed = await changeRelation(c.env.db, c.var.viewer, handleFromSegment(c.req.param('at_handle')), 'block')
      blocked(c.env, changed.uuid)
      return c.json(changed, 200)
    },
  )
  .delete(
    '/:at_handle/block',
    describe({ summary: 'Unblock a user', answers: { 200: profile } }),
    requireUser,
    async (c) => {
      return c.json(
        await changeRelation(c.env.db, c.var.viewer, handleFromSegment(c.req.param('at_handle')), 'unblock'),
        200,
      )
    },
  )
  .put(
    '/:at_handle/mute',
    describe({
      summary: 'Mute a user, for a time or until unmuted',
      answers: { 200: profile },
      errors: ['mute_self'],
    }),
    requireUser,
    body(muteRequest),
    async (c) => {
      const { seconds } = c.req.valid('json')
      const changed = await mute(c.env.db, c.var.viewer, handleFromSegment(c.req.param('at_handle')), seconds)
      muted(c.env, changed.uuid)
      return c.json(changed, 200)
    },
  )
  .delete(
    '/:at_handle/mute',
    describe({ summary: 'Unmute a user', answers: { 200: profile } }),
    requireUser,
    async (c) => {
      return c.json(
        await changeRelation(c.env.db, c.var.viewer, handleFromSegment(c.req.param('at_handle')), 'unmute'),
        200,
      )
    },
  )
