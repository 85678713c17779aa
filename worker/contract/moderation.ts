import * as z from 'zod/mini'
import { audience } from './audience-schema.ts'
import { STATEMENT_OF_REASONS_MAX } from './limits.ts'
import { listQuery } from './list.ts'
import { reportKind } from './report.ts'
import { rule } from './rules.ts'
import { statement } from './statement.ts'
import { text } from './text.ts'
import { user } from './user.ts'
import { warning } from './warning.ts'

const decisionAction = z.enum(['dismiss', 'warn', 'delete', 'suspend'])

/** A report in the queue, without what was reported. `author`, `reporter`: null if signed out or deleted. */
export const report = z.object({
  uuid: z.string(),
  reference: z.string(),
  kind: reportKind,
  subject_uuid: z.string(),
  author: z.nullable(user),
  reporter: z.nullable(user),
  reason: rule,
  state: z.enum(['open', 'decided', 'closed']),
  decision: z.nullable(decisionAction),
  rule: z.nullable(rule),
  created_at: z.string(),
  decided_at: z.nullable(z.string()),
  /** Whether what was reported is still there. */
  is_live: z.boolean(),
  /** Audience of an activity that is still there. */
  audience: z.nullable(audience),
  /** Reports of the same activity, message or user, with this one. */
  reports_count: z.number(),
  /** Reports of anything by the same author, with this one. */
  author_reports_count: z.number(),
  has_open_appeal: z.boolean(),
})
report.register(z.globalRegistry, { id: 'report' })
export type Report = z.infer<typeof report>

/**
 * What a reporter saw and wrote, and who they are if signed out. `images`: their `url` works for ten minutes, for the moderator who
 * opened the report, if the image `is_kept`.
 */
const reportCopy = z.object({
  message: z.nullable(z.string()),
  warning: z.nullable(z.string()),
  images: z.array(z.object({ url: z.string(), alt: z.string(), is_kept: z.boolean() })),
  note: z.nullable(z.string()),
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
})

/** An opened report. `copy` is null once it was deleted. `history`: other statements to the author, newest first. */
export const openedReport = z.extend(report, {
  copy: z.nullable(reportCopy),
  statement: z.nullable(statement),
  appeal: z.nullable(z.string()),
  history: z.array(statement),
})
openedReport.register(z.globalRegistry, { id: 'opened_report' })
export type OpenedReport = z.infer<typeof openedReport>

/** Query of the queue. `state=appealed`: decided reports with an appeal that waits for an answer. */
export const reportsQuery = z.extend(listQuery, {
  state: z._default(z.enum(['open', 'decided', 'closed', 'appealed']), 'open'),
  kind: z.optional(reportKind),
  reason: z.optional(rule),
})

const reasons = text({
  blank: 'statement_blank',
  tooLong: 'statement_too_long',
  invalid: 'statement_invalid',
  max: STATEMENT_OF_REASONS_MAX,
})

/**
 * Body of a decision. `warn` needs `warning`; `suspend` lasts until `until`, for good without it. `statement`: why, for the author; a
 * dismissal needs none, since nobody gets it.
 */
export const decision = z
  .object({
    action: z.enum(decisionAction.options, { error: 'decision_invalid' }),
    rule,
    statement: z.optional(reasons),
    warning: z.optional(warning),
    until: z.optional(z.iso.datetime({ error: 'until_invalid' })),
  })
  .check(
    z.refine(({ action, statement }) => action === 'dismiss' || statement !== undefined, {
      error: 'statement_blank',
      path: ['statement'],
    }),
    z.refine(({ action, warning }) => action !== 'warn' || warning !== undefined, {
      error: 'warning_blank',
      path: ['warning'],
    }),
    z.refine(({ action, until }) => until === undefined || (action === 'suspend' && Date.parse(until) > Date.now()), {
      error: 'until_invalid',
      path: ['until'],
    }),
  )
export type Decision = z.infer<typeof decision>

/** Body of the answer to an appeal. `reversed`: the decision is undone, except for what was deleted. */
export const appealAnswer = z.object({
  decision: z.enum(['upheld', 'reversed'], { error: 'decision_invalid' }),
  answer: reasons,
})
export type AppealAnswer = z.infer<typeof appealAnswer>

/** An entry of the moderation log. `moderator` is null for the cron and for an author's appeal. */
export const logEntry = z.object({
  uuid: z.string(),
  at: z.string(),
  action: z.enum(['open', 'dismiss', 'warn', 'delete', 'suspend', 'undo', 'appeal', 'uphold', 'reverse', 'close']),
  moderator: z.nullable(user),
  report_uuid: z.nullable(z.string()),
  statement_uuid: z.nullable(z.string()),
  kind: z.nullable(reportKind),
  reason: z.nullable(rule),
  rule: z.nullable(rule),
})
logEntry.register(z.globalRegistry, { id: 'log_entry' })
export type LogEntry = z.infer<typeof logEntry>

/** Numbers of a month. `median_seconds`: from report to decision; null without decisions. */
export const transparencyMonth = z.object({
  /** Such as 2026-11, in UTC. */
  month: z.string(),
  reports: z.number(),
  dismissed: z.number(),
  warned: z.number(),
  deleted: z.number(),
  suspended: z.number(),
  undone: z.number(),
  closed: z.number(),
  appeals: z.number(),
  upheld: z.number(),
  reversed: z.number(),
  median_seconds: z.nullable(z.number()),
})
transparencyMonth.register(z.globalRegistry, { id: 'transparency_month' })
/** The last 24 months with entries in the log, newest first. */
export const transparency = z.object({ months: z.array(transparencyMonth) })
export type TransparencyMonth = z.infer<typeof transparencyMonth>
