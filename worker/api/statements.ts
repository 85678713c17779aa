import { requireUser } from '../auth/require.ts'
import { newAppeal, statement } from '../contract/statement.ts'
import { newApp } from '../hono-env.ts'
import { appeal, showStatement } from '../models/statements.ts'
import { sealText } from '../reports/evidence.ts'
import { describe } from './describe.ts'
import { body } from './validate.ts'

/** Routes of /api/statements: statements of reasons, each for the user it is addressed to. */
export const statements = newApp()
  .get(
    '/:uuid',
    describe({ summary: 'A statement of reasons to the viewer', answers: { 200: statement } }),
    requireUser,
    async (c) => {
      return c.json(await showStatement(c.env.db, c.var.viewer, c.req.param('uuid')), 200)
    },
  )
  .post(
    '/:uuid/appeal',
    describe({
      summary: 'Appeal against a decision, once and within 14 days',
      answers: { 201: statement },
      errors: ['already_appealed', 'appeal_too_late'],
    }),
    requireUser,
    body(newAppeal),
    async (c) => {
      const { db, settings } = c.env
      const { text } = c.req.valid('json')
      const uuid = c.req.param('uuid').toLowerCase()
      return c.json(await appeal(db, c.var.viewer, uuid, await sealText(settings, text, uuid)), 201)
    },
  )
