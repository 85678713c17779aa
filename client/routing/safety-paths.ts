import type { Rule } from '../../worker/contract/rules.ts'
import { paths, withQuery } from './paths.ts'

/** Builds the paths of reports and moderation. Apart from paths.ts, since home needs none of them. */
export const safetyPaths = {
  /** Page to report an activity or user, or to look a report up. */
  report: (query: { activity?: string; user?: string; reference?: string } = {}) => withQuery('/report', query),
  /** The queue of reports, or one of them. */
  moderation: (query: { state?: string; report?: string; cursor?: string } = {}) => withQuery('/moderation', query),
  /** A rule of the house. */
  rules: (rule: Rule) => `${paths.rules()}#${rule}`,
  /** What became of reports, by month. */
  transparency: () => '/transparency',
  /** A statement of reasons to the viewer. */
  statement: (uuid: string) => `/statements/${uuid}`,
}
