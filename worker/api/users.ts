import * as z from 'zod/mini'
import { optionalUser, requireUser } from '../auth/require.ts'
import { listQuery } from '../contract/list.ts'
import { prefixQuery, searchQuery } from '../contract/search.ts'
import { newApp } from '../hono-env.ts'
import { userFeed } from '../models/feeds.ts'
import { followList } from '../models/relations.ts'
import { completeHandle, findPeople, suggestedPeople } from '../models/search.ts'
import { findUser, showProfile } from '../models/users.ts'
import { handleIn } from './at-handle.ts'
import { search } from './validate.ts'

const tabQuery = z.extend(listQuery, { tab: z._default(z.enum(['cruds', 'replies', 'likes']), 'cruds') })

/** /api/users: people, and what they have crudded. */
export const users = newApp()
  .get('/', requireUser, search(prefixQuery), async (c) => {
    const { prefix, limit } = c.req.valid('query')
    return c.json(await completeHandle(c.env.db, c.var.viewer, prefix.replace(/^@/, ''), limit), 200)
  })
  .get('/search', optionalUser, search(searchQuery), async (c) => {
    const { term, limit } = c.req.valid('query')
    return c.json(await findPeople(c.env.db, c.var.viewer, term, limit), 200)
  })
  .get('/suggested', requireUser, search(listQuery), async (c) => {
    return c.json(await suggestedPeople(c.env.db, c.var.viewer, c.req.valid('query').limit), 200)
  })
  .get('/:at_handle', optionalUser, async (c) => {
    return c.json(await showProfile(c.env.db, c.var.viewer, handleIn(c.req.param('at_handle'))), 200)
  })
  .get('/:at_handle/short', optionalUser, async (c) => {
    return c.json(await findUser(c.env.db, c.var.viewer, handleIn(c.req.param('at_handle'))), 200)
  })
  .get('/:at_handle/activities', optionalUser, search(tabQuery), async (c) => {
    const { tab, ...paging } = c.req.valid('query')
    return c.json(await userFeed(c.env.db, c.var.viewer, handleIn(c.req.param('at_handle')), tab, paging), 200)
  })
  .get('/:at_handle/followers', optionalUser, search(listQuery), async (c) => {
    const handle = handleIn(c.req.param('at_handle'))
    return c.json(await followList(c.env.db, c.var.viewer, handle, 'followers', c.req.valid('query')), 200)
  })
  .get('/:at_handle/following', optionalUser, search(listQuery), async (c) => {
    const handle = handleIn(c.req.param('at_handle'))
    return c.json(await followList(c.env.db, c.var.viewer, handle, 'following', c.req.valid('query')), 200)
  })
