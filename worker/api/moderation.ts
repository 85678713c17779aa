import { requireModerator } from '../auth/require.ts'
import type { RequestContext } from '../context.ts'
import { listOf, listQuery } from '../contract/list.ts'
import { appealAnswer, decision, logEntry, openedReport, report, reportsQuery } from '../contract/moderation.ts'
import { purgeUser } from '../edge-cache/purge.ts'
import { newApp } from '../hono-env.ts'
import { nudgeConversation } from '../live/nudge.ts'
import {
  answerAppeal,
  decide,
  moderationLog,
  openReport,
  type Purged,
  reportsFor,
  sealedImage,
  undo,
} from '../models/moderation.ts'
import { answeredAppeal, decidedReport, openedReport as logOpenedReport, undidDecision } from '../observe/events.ts'
import { openImage } from '../reports/sealed-images.ts'
import { unsealReport } from '../reports/unseal-report.ts'
import { describe } from './describe.ts'
import { body, query } from './validate.ts'

/** Purges the pages that a decision changes. */
async function purgeDecision({ settings }: RequestContext, { handle, purgeTargets }: Purged, url: string) {
  if (handle !== null) await purgeUser(handle, purgeTargets, url, settings)
}

/** Routes of /api/moderation, for members of Cognito's group `moderators`; all others get 404. */
export const moderation = newApp()
  .get(
    '/reports',
    describe({ summary: 'Reports, oldest first', answers: { 200: listOf(report) } }),
    requireModerator,
    query(reportsQuery),
    async (c) => {
      return c.json(await reportsFor(c.env.db, c.var.viewer, c.req.valid('query')), 200)
    },
  )
  .get(
    '/reports/:uuid',
    describe({
      summary: 'Open a report with its copy, which is logged',
      answers: { 200: openedReport },
      errors: ['suspended'],
    }),
    requireModerator,
    async (c) => {
      const opened = await unsealReport(c.env.settings, await openReport(c.env.db, c.var.viewer, c.req.param('uuid')))
      logOpenedReport(c.env, opened.uuid)
      return c.json(opened, 200)
    },
  )
  .get(
    '/reports/:uuid/images/:position',
    describe({
      summary: 'An image of a report that one has opened within ten minutes, 1 being the first',
      answers: { 200: null },
      errors: ['pictures_unavailable'],
      answerType: 'image/webp',
    }),
    requireModerator,
    async (c) => {
      const { uuid, position } = c.req.param()
      const copy = await sealedImage(c.env.db, c.var.viewer, uuid, position)
      return c.body(await openImage(c.env.settings, copy), 200, { 'content-type': 'image/webp' })
    },
  )
  .post(
    '/reports/:uuid/decision',
    describe({
      summary: 'Decide about a report and all others of its subject',
      answers: { 204: null },
      errors: ['report_decided', 'decision_invalid', 'suspended'],
    }),
    requireModerator,
    body(decision),
    async (c) => {
      const sent = c.req.valid('json')
      const uuid = c.req.param('uuid')
      const decided = await decide(c.env.db, c.var.viewer, uuid, sent)
      if (decided.conversationUuid) nudgeConversation(c.env, decided.nudged, decided.conversationUuid)
      await purgeDecision(c.env, decided, c.req.url)
      decidedReport(c.env, uuid, sent.action)
      return c.body(null, 204)
    },
  )
  .post(
    '/reports/:uuid/undo',
    describe({
      summary: 'Undo a decision that was a mistake; what was deleted stays deleted',
      answers: { 204: null },
      errors: ['report_decided', 'suspended'],
    }),
    requireModerator,
    async (c) => {
      const uuid = c.req.param('uuid')
      await purgeDecision(c.env, await undo(c.env.db, c.var.viewer, uuid), c.req.url)
      undidDecision(c.env, uuid)
      return c.body(null, 204)
    },
  )
  .post(
    '/reports/:uuid/appeal',
    describe({
      summary: 'Answer the appeal against a decision',
      answers: { 204: null },
      errors: ['report_decided', 'another_moderator', 'suspended'],
    }),
    requireModerator,
    body(appealAnswer),
    async (c) => {
      const sent = c.req.valid('json')
      const uuid = c.req.param('uuid')
      await purgeDecision(c.env, await answerAppeal(c.env.db, c.var.viewer, uuid, sent), c.req.url)
      answeredAppeal(c.env, uuid, sent.decision)
      return c.body(null, 204)
    },
  )
  .get(
    '/log',
    describe({ summary: 'What moderators did and opened, newest first', answers: { 200: listOf(logEntry) } }),
    requireModerator,
    query(listQuery),
    async (c) => {
      return c.json(await moderationLog(c.env.db, c.var.viewer, c.req.valid('query')), 200)
    },
  )
