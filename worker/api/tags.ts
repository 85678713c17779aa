import { optionalUser } from '../auth/require.ts'
import { readerOf } from '../context.ts'
import { activity } from '../contract/activity.ts'
import { listOf, listQuery } from '../contract/list.ts'
import { trendingTag } from '../contract/tag.ts'
import { newApp } from '../hono-env.ts'
import { tagFeed, trendingTags } from '../models/search.ts'
import { describe } from './describe.ts'
import { toActivities } from './from-stored.ts'
import { query } from './validate.ts'

/** Routes of /api/tags: trending tags, and the activities of a tag. */
export const tags = newApp()
  .get(
    '/trending',
    describe({
      summary: 'Tags that are used more than usual',
      answers: { 200: listOf(trendingTag) },
      cacheable: 'other',
    }),
    optionalUser,
    query(listQuery),
    async (c) => {
      return c.json(await trendingTags(readerOf(c.env), c.var.viewer, c.req.valid('query').limit), 200)
    },
  )
  .get(
    '/:tag',
    describe({ summary: 'Activities with a tag, newest first', answers: { 200: listOf(activity) }, cacheable: 'tag' }),
    optionalUser,
    query(listQuery),
    async (c) => {
      return c.json(
        await toActivities(c.env, await tagFeed(c.env.db, c.var.viewer, c.req.param('tag'), c.req.valid('query'))),
        200,
      )
    },
  )
