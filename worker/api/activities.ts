import { optionalUser, requireUser } from '../auth/require.ts'
import { readerOf } from '../context.ts'
import {
  activity,
  activityChange,
  activityWeight,
  activityWithAncestors,
  lastLightQuery,
  newActivity,
  newReply,
  repliesQuery,
  rewrittenActivity,
} from '../contract/activity.ts'
import { listOf, listQuery } from '../contract/list.ts'
import { searchQuery } from '../contract/search.ts'
import { purge } from '../edge-cache/purge.ts'
import { newApp } from '../hono-env.ts'
import { idempotency } from '../middleware/idempotency.ts'
import {
  createActivity,
  deleteActivity,
  replaceActivity,
  repliesOf,
  replyTo,
  setWhoCanReply,
  showActivity,
  showDeletionImpact,
} from '../models/activities.ts'
import { everyoneFeed, homeFeed, lastLightFeed } from '../models/feeds.ts'
import { searchActivities } from '../models/search.ts'
import { createdActivity, createdReply, deletedActivity, replacedActivity } from '../observe/events.ts'
import { removeImageObjects } from '../remove-image-objects.ts'
import { describe } from './describe.ts'
import { toActivities, toActivity } from './from-stored.ts'
import { body, bodyBy, query } from './validate.ts'

/** Errors of attaching images that the database raises. */
const ATTACHING = ['image_unknown', 'image_attached', 'alt_blank'] as const

/** Routes of /api/activities: activities, replies and feeds. */
export const activities = newApp()
  .get(
    '/home',
    describe({
      summary: 'Activities of the users that the viewer follows, newest first',
      answers: { 200: listOf(activity) },
    }),
    requireUser,
    query(listQuery),
    async (c) => {
      return c.json(await toActivities(c.env, await homeFeed(c.env.db, c.var.viewer, c.req.valid('query'))), 200)
    },
  )
  .get(
    '/everyone',
    describe({
      summary: 'Activities of all users, newest first',
      answers: { 200: listOf(activity) },
      cacheable: 'feed',
    }),
    optionalUser,
    query(listQuery),
    async (c) => {
      return c.json(await toActivities(c.env, await everyoneFeed(c.env.db, c.var.viewer, c.req.valid('query'))), 200)
    },
  )
  .get(
    '/last-light',
    describe({ summary: 'Activities that expire soonest', answers: { 200: listOf(activity) }, cacheable: 'feed' }),
    optionalUser,
    query(lastLightQuery),
    async (c) => {
      return c.json(
        await toActivities(c.env, await lastLightFeed(readerOf(c.env), c.var.viewer, c.req.valid('query'))),
        200,
      )
    },
  )
  .get(
    '/search',
    describe({
      summary: 'Activities that contain a term, newest first',
      answers: { 200: listOf(activity) },
      cacheable: 'other',
    }),
    optionalUser,
    query(searchQuery),
    async (c) => {
      const { term, ...paging } = c.req.valid('query')
      return c.json(await toActivities(c.env, await searchActivities(c.env.db, c.var.viewer, term, paging)), 200)
    },
  )
  .post(
    '/',
    describe({
      summary: 'Post an activity, or replace one of one’s own',
      answers: { 201: activity },
      errors: ['not_found', 'gone', 'not_yours', 'new_account_limit', ...ATTACHING],
    }),
    requireUser,
    idempotency,
    bodyBy('replaces', rewrittenActivity, newActivity),
    async (c) => {
      const { db } = c.env
      const { viewer, idempotency: key } = c.var
      const json = c.req.valid('json')
      if ('replaces' in json) {
        const { activity: replacement, purgeTargets, imageUuids } = await replaceActivity(db, viewer, json, key)
        await purge(purgeTargets, c.req.url, c.env.settings)
        removeImageObjects(c.env, imageUuids)
        replacedActivity(c.env, replacement)
        return c.json(await toActivity(c.env, replacement), 201)
      }
      const crud = await createActivity(db, viewer, json, key)
      createdActivity(c.env, crud)
      return c.json(await toActivity(c.env, crud), 201)
    },
  )
  .get(
    '/:uuid',
    describe({
      summary: 'An activity with its ancestors, root first',
      answers: { 200: activityWithAncestors },
      errors: ['gone'],
      cacheable: 'thread',
    }),
    optionalUser,
    async (c) => {
      const { ancestors, ...shown } = await showActivity(c.env.db, c.var.viewer, c.req.param('uuid'))
      const [sentAncestors, sent] = await Promise.all([
        Promise.all(ancestors.map((ancestor) => toActivity(c.env, ancestor))),
        toActivity(c.env, shown),
      ])
      return c.json({ ...sent, ancestors: sentAncestors }, 200)
    },
  )
  .patch(
    '/:uuid',
    describe({
      summary: 'Say who may reply from now on in one’s own thread',
      answers: { 200: activity },
      errors: ['gone', 'not_yours', 'not_top_level'],
    }),
    requireUser,
    body(activityChange),
    async (c) => {
      const { who_can_reply } = c.req.valid('json')
      const changed = await setWhoCanReply(c.env.db, c.var.viewer, c.req.param('uuid'), who_can_reply)
      return c.json(await toActivity(c.env, changed), 200)
    },
  )
  .delete(
    '/:uuid',
    describe({
      summary: 'Delete one’s own activity with its replies',
      answers: { 204: null },
      errors: ['gone', 'not_yours'],
    }),
    requireUser,
    async (c) => {
      const { purgeTargets, imageUuids } = await deleteActivity(c.env.db, c.var.viewer, c.req.param('uuid'))
      await purge(purgeTargets, c.req.url, c.env.settings)
      removeImageObjects(c.env, imageUuids)
      deletedActivity(c.env, c.req.param('uuid'))
      return c.body(null, 204)
    },
  )
  .get(
    '/:uuid/weight',
    describe({
      summary: 'What would be deleted with one’s own activity',
      answers: { 200: activityWeight },
      errors: ['gone'],
    }),
    requireUser,
    async (c) => {
      return c.json(await showDeletionImpact(c.env.db, c.var.viewer, c.req.param('uuid')), 200)
    },
  )
  .get(
    '/:uuid/replies',
    describe({
      summary: 'Replies to an activity, oldest first; with a depth, each followed by its own',
      answers: { 200: listOf(activity) },
      errors: ['gone'],
      cacheable: 'thread',
    }),
    optionalUser,
    query(repliesQuery),
    async (c) => {
      const { depth, ...paging } = c.req.valid('query')
      const uuid = c.req.param('uuid')
      const replies = await repliesOf(c.env.db, c.var.viewer, uuid, { ...paging, depth: Number(depth) })
      return c.json(await toActivities(c.env, replies), 200)
    },
  )
  .post(
    '/:uuid/replies',
    describe({
      summary: 'Reply to an activity',
      answers: { 201: activity },
      errors: ['gone', 'reply_not_allowed', 'new_account_limit', ...ATTACHING],
    }),
    requireUser,
    idempotency,
    body(newReply),
    async (c) => {
      const { viewer, idempotency: key } = c.var
      const reply = await replyTo(c.env.db, viewer, c.req.param('uuid'), c.req.valid('json'), key)
      createdReply(c.env, reply)
      return c.json(await toActivity(c.env, reply), 201)
    },
  )
