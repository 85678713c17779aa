import * as z from 'zod/mini'
import { optionalUser } from '../auth/require.ts'
import { AppError } from '../contract/app-error.ts'
import { listQuery } from '../contract/list.ts'
import { newApp } from '../hono-env.ts'
import { userFeed } from '../models/feeds.ts'
import { findUser, showProfile } from '../models/users.ts'
import { search } from './validate.ts'

const tabQuery = z.extend(listQuery, { tab: z._default(z.enum(['cruds', 'replies']), 'cruds') })

/** The handle of a path segment `@handle`. */
function handleIn(segment: string): string {
  if (!/^@\w{1,30}$/.test(segment)) throw new AppError('not_found')
  return segment.slice(1)
}

/** /api/users: people, and what they have crudded. */
export const users = newApp()
  .get('/:at_handle', optionalUser, async (c) => {
    const handle = handleIn(c.req.param('at_handle'))
    return c.json(await showProfile(c.env.db, c.var.viewer, handle), 200)
  })
  .get('/:at_handle/short', optionalUser, async (c) => {
    return c.json(await findUser(c.env.db, handleIn(c.req.param('at_handle'))), 200)
  })
  .get('/:at_handle/activities', optionalUser, search(tabQuery), async (c) => {
    const handle = handleIn(c.req.param('at_handle'))
    const { tab, ...paging } = c.req.valid('query')
    return c.json(await userFeed(c.env.db, c.var.viewer, handle, tab, paging), 200)
  })
