import type { List } from '../../../worker/contract/list.ts'
import type { Report } from '../../../worker/contract/moderation.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { RULE_SENTENCES } from '../../texts/rules.ts'
import { PageLink } from '../../ui/PageLink.tsx'

type ReportQueueProps = { state: string; list: List<Report>; states: readonly string[] }

/** Reports in one state, oldest first, without what was reported. */
export function ReportQueue({ state, list, states }: ReportQueueProps) {
  return (
    <>
      <p className="report-states">
        {states.map((one) => (
          <span key={one}>
            {one === state ? <b>{one}</b> : <PageLink to={safetyPaths.moderation({ state: one })}>{one}</PageLink>}{' '}
          </span>
        ))}
      </p>
      {list.data.length === 0 && <p className="confirmation">Nothing here.</p>}
      <ul className="menu-page">
        {list.data.map((report) => (
          <li key={report.uuid}>
            <PageLink to={safetyPaths.moderation({ report: report.uuid })}>
              {`${report.kind} by @${report.author?.handle ?? '(deleted)'}`}{' '}
              <small>
                {RULE_SENTENCES[report.reason]} {report.created_at.slice(0, 16).replace('T', ' ')} UTC,{' '}
                {report.reports_count} {report.reports_count === 1 ? 'report' : 'reports'}, author{' '}
                {report.author_reports_count}
                {report.decision && `, ${report.decision}`}
              </small>
            </PageLink>
          </li>
        ))}
      </ul>
      {list.next_cursor && (
        <p className="confirmation">
          <PageLink to={safetyPaths.moderation({ state, cursor: list.next_cursor })}>Newer ones</PageLink>
        </p>
      )}
    </>
  )
}
