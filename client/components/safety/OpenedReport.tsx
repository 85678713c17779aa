import { Form } from 'react-router'
import type { OpenedReport as Opened } from '../../../worker/contract/moderation.ts'
import { paths } from '../../routing/paths.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { formErrors } from '../../texts/form-errors.ts'
import { DECISIONS, KINDS } from '../../texts/moderation.ts'
import { RULE_SENTENCES } from '../../texts/rule-sentences.ts'
import { Button } from '../../ui/button/Button.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { LocalDateTime } from '../time/LocalDateTime.tsx'
import { AppealForm, DecisionForm, type ReportFormProps } from './DecisionForm.tsx'
import { Fact } from './Fact.tsx'
import { ReportedCopy } from './ReportedCopy.tsx'

/** A report with its copy, and the form to decide about it, undo that, or answer an appeal. */
export function OpenedReport({ report, failure }: ReportFormProps) {
  const { copy, statement, appeal, history, decision } = report
  return (
    <>
      <div className="confirmation">
        <p className="linked">
          <Subject report={report} />
        </p>
        {copy ? <ReportedCopy copy={copy} /> : <p className="soft">Its copy was removed.</p>}
        <dl className="case-facts">
          <Fact name="Reason">{RULE_SENTENCES[report.reason]}</Fact>
          {copy?.note && <Fact name="Note">{copy.note}</Fact>}
          <Fact name="Reported">
            <LocalDateTime at={report.created_at} /> {reporterOf(report)}
          </Fact>
          <Fact name="Reports">{`${report.reports_count} about this, ${report.author_reports_count} about its author`}</Fact>
          {decision && (
            <Fact name="Decided">{`${capitalized(DECISIONS[decision])}. ${statement?.statement ?? ''}`}</Fact>
          )}
          {appeal && <Fact name="Appeal">{appeal}</Fact>}
          {statement?.appeal_answer && <Fact name="Answer">{statement.appeal_answer}</Fact>}
        </dl>
        {history.length > 0 && <History history={history} />}
      </div>
      {report.state === 'open' && <DecisionForm report={report} failure={failure} />}
      {report.has_open_appeal && <AppealForm report={report} failure={failure} />}
      {report.state === 'decided' && !report.has_open_appeal && !statement?.answered_at && (
        <Form method="post" action={safetyPaths.moderation({ report: report.uuid })} className="confirmation">
          <FormError sentences={formErrors(failure?.errors, [])} />
          <input type="hidden" name="report" value={report.uuid} />
          <p className="soft">
            Was it a mistake? Then its reports are open again. A suspension ends and a warning goes; what was put out
            stays out.
          </p>
          <Button look="quiet" name="intent" value="undo">
            Take the decision back
          </Button>
        </Form>
      )}
    </>
  )
}

/** What was reported, by whom it is, and where to find it. */
function Subject({ report }: { report: Opened }) {
  const { kind, author, subject_uuid, is_live, audience } = report
  const by = kind === 'user' ? 'of' : 'by'
  const isShown = audience === 'everyone'
  return (
    <>
      {`${KINDS[kind]} ${by} `}
      {author ? <a href={paths.profile(author.handle)}>{`@${author.handle}`}</a> : 'a deleted account'}
      {kind === 'activity' &&
        (author && is_live && isShown ? (
          <>
            . <a href={paths.activity({ uuid: subject_uuid, user: author })}>See it in its place</a>
          </>
        ) : (
          `. ${is_live ? 'Not for everyone: you see it here alone' : 'It is not there any more'}.`
        ))}
    </>
  )
}

/** Other decisions about the author, newest first. */
const History = ({ history }: Pick<Opened, 'history'>) => (
  <details>
    <summary>{`Other decisions about its author: ${history.length}`}</summary>
    <ul>
      {history.map(({ uuid, created_at, action, undone_at, rule }) => (
        <li key={uuid}>
          <LocalDateTime at={created_at} />
          {`: ${DECISIONS[action]}${undone_at ? ', taken back' : ''}. ${RULE_SENTENCES[rule]}`}
        </li>
      ))}
    </ul>
  </details>
)

function reporterOf({ reporter, copy }: Opened): string {
  if (reporter) return `by @${reporter.handle}`
  if (copy?.name || copy?.email) return `by ${[copy.name, copy.email].filter(Boolean).join(', ')}, signed out`
  return 'without a name'
}

const capitalized = (text: string) => (text[0] ?? '').toUpperCase() + text.slice(1)
