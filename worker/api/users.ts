import * as z from 'zod/mini'
import { optionalUser, requireUser } from '../auth/require.ts'
import { readerOf } from '../context.ts'
import { activity } from '../contract/activity.ts'
import { listOf, listQuery } from '../contract/list.ts'
import { prefixQuery, searchQuery, unreachedQuery } from '../contract/search.ts'
import { listedUser, profile, user, userShort } from '../contract/user.ts'
import { newApp } from '../hono-env.ts'
import { userFeed } from '../models/feeds.ts'
import { followList } from '../models/relations.ts'
import { completeHandle, findUsers, suggestedUsers, usersOutsideAudience } from '../models/search.ts'
import { findUser, showProfile } from '../models/users.ts'
import { describe } from './describe.ts'
import { toActivities } from './from-stored.ts'
import { handleFromSegment } from './handle-from-segment.ts'
import { query } from './validate.ts'

const tabQuery = z.extend(listQuery, { tab: z._default(z.enum(['cruds', 'replies', 'likes']), 'cruds') })

/** Routes of /api/users: profiles, search, and the activities of a user. */
export const users = newApp()
  .get(
    '/',
    describe({ summary: 'Users whose handle or name begins with a prefix', answers: { 200: listOf(user) } }),
    requireUser,
    query(prefixQuery),
    async (c) => {
      const { prefix, limit } = c.req.valid('query')
      return c.json(await completeHandle(c.env.db, c.var.viewer, prefix.replace(/^@/, ''), limit), 200)
    },
  )
  .get(
    '/search',
    describe({
      summary: 'Users whose name or handle contains a term',
      answers: { 200: listOf(listedUser) },
      cacheable: 'other',
    }),
    optionalUser,
    query(searchQuery),
    async (c) => {
      const { term, limit } = c.req.valid('query')
      return c.json(await findUsers(c.env.db, c.var.viewer, term, limit), 200)
    },
  )
  .get(
    '/suggested',
    describe({ summary: 'Users whom the viewer might follow', answers: { 200: listOf(user) } }),
    requireUser,
    query(listQuery),
    async (c) => {
      return c.json(await suggestedUsers(readerOf(c.env), c.var.viewer, c.req.valid('query').limit), 200)
    },
  )
  .get(
    '/unreached',
    describe({
      summary: 'Which users would not see what the viewer posts for an audience',
      answers: { 200: listOf(user) },
    }),
    requireUser,
    query(unreachedQuery),
    async (c) => {
      return c.json(await usersOutsideAudience(c.env.db, c.var.viewer, c.req.valid('query')), 200)
    },
  )
  .get(
    '/:at_handle',
    describe({ summary: 'A user’s profile', answers: { 200: profile }, cacheable: 'author' }),
    optionalUser,
    async (c) => {
      return c.json(await showProfile(c.env.db, c.var.viewer, handleFromSegment(c.req.param('at_handle'))), 200)
    },
  )
  .get(
    '/:at_handle/short',
    describe({ summary: 'A user’s names', answers: { 200: userShort }, cacheable: 'user' }),
    optionalUser,
    async (c) => {
      return c.json(await findUser(c.env.db, c.var.viewer, handleFromSegment(c.req.param('at_handle'))), 200)
    },
  )
  .get(
    '/:at_handle/activities',
    describe({
      summary: 'A user’s activities, replies or likes, newest first',
      answers: { 200: listOf(activity) },
      cacheable: 'author',
    }),
    optionalUser,
    query(tabQuery),
    async (c) => {
      const { tab, ...paging } = c.req.valid('query')
      const handle = handleFromSegment(c.req.param('at_handle'))
      return c.json(await toActivities(c.env, await userFeed(c.env.db, c.var.viewer, handle, tab, paging)), 200)
    },
  )
  .get(
    '/:at_handle/followers',
    describe({ summary: 'Who follows a user', answers: { 200: listOf(listedUser) }, cacheable: 'user' }),
    optionalUser,
    query(listQuery),
    async (c) => {
      const handle = handleFromSegment(c.req.param('at_handle'))
      return c.json(await followList(c.env.db, c.var.viewer, handle, 'followers', c.req.valid('query')), 200)
    },
  )
  .get(
    '/:at_handle/following',
    describe({ summary: 'Whom a user follows', answers: { 200: listOf(listedUser) }, cacheable: 'user' }),
    optionalUser,
    query(listQuery),
    async (c) => {
      const handle = handleFromSegment(c.req.param('at_handle'))
      return c.json(await followList(c.env.db, c.var.viewer, handle, 'following', c.req.valid('query')), 200)
    },
  )
