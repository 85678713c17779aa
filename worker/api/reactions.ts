import { optionalUser, requireUser } from '../auth/require.ts'
import { activity } from '../contract/activity.ts'
import { listOf, listQuery } from '../contract/list.ts'
import { listedUser } from '../contract/user.ts'
import { newApp } from '../hono-env.ts'
import { react, reactors } from '../models/reactions.ts'
import { liked, reposted } from '../observe/events.ts'
import { describe } from './describe.ts'
import { toActivity } from './from-stored.ts'
import { query } from './validate.ts'

/** Routes of likes and reposts of an activity. Writes are idempotent and answer the activity with its new counts. */
export const reactions = newApp()
  .put(
    '/:uuid/like',
    describe({ summary: 'Like an activity', answers: { 200: activity }, errors: ['gone'] }),
    requireUser,
    async (c) => {
      const crud = await react(c.env.db, c.var.viewer, c.req.param('uuid'), 'like', 'add')
      liked(c.env, crud)
      return c.json(await toActivity(c.env, crud), 200)
    },
  )
  .delete(
    '/:uuid/like',
    describe({ summary: 'Remove a like', answers: { 200: activity }, errors: ['gone'] }),
    requireUser,
    async (c) => {
      return c.json(
        await toActivity(c.env, await react(c.env.db, c.var.viewer, c.req.param('uuid'), 'like', 'remove')),
        200,
      )
    },
  )
  .put(
    '/:uuid/repost',
    describe({ summary: 'Repost an activity', answers: { 200: activity }, errors: ['gone', 'not_repostable'] }),
    requireUser,
    async (c) => {
      const crud = await react(c.env.db, c.var.viewer, c.req.param('uuid'), 'repost', 'add')
      reposted(c.env, crud)
      return c.json(await toActivity(c.env, crud), 200)
    },
  )
  .delete(
    '/:uuid/repost',
    describe({ summary: 'Remove a repost', answers: { 200: activity }, errors: ['gone'] }),
    requireUser,
    async (c) => {
      return c.json(
        await toActivity(c.env, await react(c.env.db, c.var.viewer, c.req.param('uuid'), 'repost', 'remove')),
        200,
      )
    },
  )
  .get(
    '/:uuid/likes',
    describe({
      summary: 'Who likes an activity',
      answers: { 200: listOf(listedUser) },
      errors: ['gone'],
      cacheable: 'reactions',
    }),
    optionalUser,
    query(listQuery),
    async (c) => {
      return c.json(await reactors(c.env.db, c.var.viewer, c.req.param('uuid'), 'like', c.req.valid('query')), 200)
    },
  )
  .get(
    '/:uuid/reposts',
    describe({
      summary: 'Who has reposted an activity',
      answers: { 200: listOf(listedUser) },
      errors: ['gone'],
      cacheable: 'reactions',
    }),
    optionalUser,
    query(listQuery),
    async (c) => {
      return c.json(await reactors(c.env.db, c.var.viewer, c.req.param('uuid'), 'repost', c.req.valid('query')), 200)
    },
  )
