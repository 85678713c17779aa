import { optionalUser } from '../auth/require.ts'
import { listQuery } from '../contract/list.ts'
import { newApp } from '../hono-env.ts'
import { tagFeed, trendingTags } from '../models/search.ts'
import { search } from './validate.ts'

/** /api/tags: what cruds are about. */
export const tags = newApp()
  .get('/trending', optionalUser, search(listQuery), async (c) => {
    return c.json(await trendingTags(c.env.db, c.var.viewer, c.req.valid('query').limit), 200)
  })
  .get('/:tag', optionalUser, search(listQuery), async (c) => {
    return c.json(await tagFeed(c.env.db, c.var.viewer, c.req.param('tag'), c.req.valid('query')), 200)
  })
