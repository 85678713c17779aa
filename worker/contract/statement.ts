import * as z from 'zod/mini'
import { APPEAL_MAX } from './limits.ts'
import { reportKind } from './report.ts'
import { rule } from './rules.ts'
import { text } from './text.ts'

/**
 * A statement of reasons: what was decided about an activity, message or account of the viewer, why, and what they can do about it.
 * `suspended_until` null: for good, if `action` is suspend. `can_appeal_until` null: it was appealed or undone, or the time is over.
 * `warning`: the content warning that was added. `statement`: the moderator's explanation.
 */
export const statement = z.object({
  uuid: z.string(),
  kind: reportKind,
  subject_uuid: z.string(),
  action: z.enum(['warn', 'delete', 'suspend']),
  warning: z.nullable(z.string()),
  suspended_until: z.nullable(z.string()),
  rule,
  statement: z.string(),
  /** A human decides, always. */
  automated: z.literal(false),
  created_at: z.string(),
  undone_at: z.nullable(z.string()),
  appealed_at: z.nullable(z.string()),
  appeal_decision: z.nullable(z.enum(['upheld', 'reversed'])),
  appeal_answer: z.nullable(z.string()),
  answered_at: z.nullable(z.string()),
  can_appeal_until: z.nullable(z.string()),
})
statement.register(z.globalRegistry, { id: 'statement' })
export type Statement = z.infer<typeof statement>

/** Body of POST /api/statements/:uuid/appeal. */
export const newAppeal = z.object({
  text: text({ blank: 'appeal_blank', tooLong: 'appeal_too_long', invalid: 'appeal_invalid', max: APPEAL_MAX }),
})
