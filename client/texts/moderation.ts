import type { LogEntry, Report } from '../../worker/contract/moderation.ts'
import type { ReportKind } from '../../worker/contract/report.ts'

/** What was reported. */
export const KINDS: Record<ReportKind, string> = { activity: 'Crud', message: 'Message', user: 'Profile' }

/** What was decided about a report, as the end of a sentence. */
export const DECISIONS: Record<NonNullable<Report['decision']>, string> = {
  dismiss: 'dismissed',
  warn: 'given a warning',
  delete: 'put out',
  suspend: 'its author suspended',
}

/** What happened, as a line of the log shows it after the name of the moderator. */
export const LOG_ACTIONS: Record<LogEntry['action'], string> = {
  open: 'opened a report',
  dismiss: 'dismissed a report',
  warn: 'added a warning',
  delete: 'put something out',
  suspend: 'suspended somebody',
  undo: 'took a decision back',
  appeal: 'An author appealed',
  uphold: 'let a decision stand on appeal',
  reverse: 'reversed a decision on appeal',
  close: 'A report was closed: nobody decided within 16 days',
}
