import { optionalUser } from '../auth/require.ts'
import { newReport, receivedReport, reportAnswer } from '../contract/report.ts'
import { newApp } from '../hono-env.ts'
import { answerOf } from '../models/reports.ts'
import { reported } from '../observe/events.ts'
import { receiveReport } from '../reports/receive-report.ts'
import { describe } from './describe.ts'
import { body } from './validate.ts'

/** Routes of /api/reports, also for signed-out clients: report something, and learn what became of it. */
export const reports = newApp()
  .post(
    '/',
    describe({
      summary: 'Report an activity, a message or a user',
      answers: { 201: receivedReport },
      errors: ['report_self', 'gone', 'not_found', 'name_blank', 'email_blank'],
    }),
    optionalUser,
    body(newReport),
    async (c) => {
      const stored = await receiveReport(c.env, c.var.viewer, c.req.valid('json'))
      reported(c.env, stored.uuid)
      return c.json(stored, 201)
    },
  )
  .get(
    '/:reference',
    describe({ summary: 'What became of a report, by its reference', answers: { 200: reportAnswer } }),
    async (c) => {
      return c.json(await answerOf(c.env.db, c.req.param('reference')), 200)
    },
  )
