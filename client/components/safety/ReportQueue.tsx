import { Form } from 'react-router'
import type { List } from '../../../worker/contract/list.ts'
import type { Report } from '../../../worker/contract/moderation.ts'
import { type QueueFilter, safetyPaths } from '../../routing/safety-paths.ts'
import { DECISIONS, KINDS } from '../../texts/moderation.ts'
import { RULE_SENTENCES } from '../../texts/rule-sentences.ts'
import { Button } from '../../ui/button/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Select } from '../../ui/form/Select.tsx'
import { TimeAgo } from '../time/TimeAgo.tsx'

const EMPTY = {
  open: 'Nothing waits for a decision.',
  appealed: 'No appeal waits for an answer.',
  decided: 'Nothing was decided in the last 30 days.',
  closed: 'Nothing was closed in the last 30 days.',
}

type ReportQueueProps = { filter: QueueFilter; list: List<Report> }

/** Reports in one state, oldest first, without what was reported. */
export function ReportQueue({ filter, list }: ReportQueueProps) {
  const isFiltered = filter.kind || filter.reason
  return (
    <>
      <Form method="get" action={safetyPaths.moderation()} className="report-filter">
        <input type="hidden" name="state" value={filter.state} />
        <Select name="kind" label="What" options={{ '': 'Anything', ...KINDS }} value={filter.kind} />
        <Select name="reason" label="Why" options={{ '': 'Any reason', ...RULE_SENTENCES }} value={filter.reason} />
        <Button look="quiet">Filter</Button>
      </Form>
      {list.data.length === 0 && (
        <EmptyState>{isFiltered ? 'No report is like this.' : EMPTY[filter.state]}</EmptyState>
      )}
      <ul>
        {list.data.map((report) => (
          <li key={report.uuid}>
            <a className="report-row" href={safetyPaths.moderation({ report: report.uuid })}>
              <b>{`${KINDS[report.kind]} ${report.author ? `by @${report.author.handle}` : 'of a deleted account'}`}</b>
              <TimeAgo at={report.created_at} />
              <span>{RULE_SENTENCES[report.reason]}</span>
              <small>{countsOf(report)}</small>
            </a>
          </li>
        ))}
      </ul>
      {list.next_cursor && (
        <a className="more-link" href={safetyPaths.moderation({ ...filter, cursor: list.next_cursor })} rel="next">
          Later reports
        </a>
      )}
    </>
  )
}

/** How often it and its author were reported, and what was decided. */
function countsOf({ reports_count, author_reports_count, decision, is_live }: Report): string {
  const count = reports_count === 1 ? '1 report' : `${reports_count} reports`
  const ofAuthor = author_reports_count > reports_count ? `, ${author_reports_count} about its author` : ''
  const what = decision ? `: ${DECISIONS[decision]}` : is_live ? '' : ' · not there any more'
  return `${count}${ofAuthor}${what}`
}
