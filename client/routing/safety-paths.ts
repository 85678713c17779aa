import type { ReportKind } from '../../worker/contract/report.ts'
import type { Rule } from '../../worker/contract/rules.ts'
import { paths, withQuery } from './paths.ts'

/** Which reports the queue shows. */
export type QueueFilter = {
  state: 'open' | 'appealed' | 'decided' | 'closed'
  kind?: ReportKind
  reason?: Rule
}

/** Query of the moderators' page: the queue or the log with filters, or a report. */
type ModerationQuery = { state?: string; kind?: string; reason?: string; report?: string; cursor?: string }

/** Builds the paths of reports and moderation. Apart from paths.ts, since home needs none of them. */
export const safetyPaths = {
  /**
   * Page to report an activity or user, or to look a report up. `images`: `lost` if they could not be kept. `next`: the page of
   * what was just reported.
   */
  report: (query: { activity?: string; user?: string; reference?: string; images?: string; next?: string } = {}) =>
    withQuery('/report', query),
  /** The queue of reports, the log, or one report. */
  moderation: (query: ModerationQuery = {}) => withQuery('/moderation', query),
  /** A rule of the house. */
  rule: (rule: Rule) => `${paths.rules()}#${rule}`,
  /** What became of reports, by month. */
  transparency: () => '/transparency',
  /** A statement of reasons to the viewer. */
  statement: (uuid: string) => `/statements/${uuid}`,
}
