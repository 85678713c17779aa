import { Form } from 'react-router'
import type { OpenedReport as Opened } from '../../../worker/contract/moderation.ts'
import type { FormFailure } from '../../forms/form.ts'
import { paths } from '../../routing/paths.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { RULE_SENTENCES } from '../../texts/rules.ts'
import { formErrors } from '../../texts/sentences.ts'
import { Button } from '../../ui/button/Button.tsx'
import { CountedField } from '../../ui/form/CountedField.tsx'
import { Field } from '../../ui/form/Field.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { PageLink } from '../../ui/PageLink.tsx'

const TEXT_MAX = 1_024

type OpenedReportProps = { report: Opened; failure: FormFailure | undefined }

/** A report with its copy, and the forms to decide about it, undo that, or answer an appeal. */
export function OpenedReport({ report, failure }: OpenedReportProps) {
  const { author, copy, statement, appeal, history } = report
  return (
    <>
      <div className="confirmation">
        <FormError sentences={formErrors(failure?.errors, [])} />
        <p>
          {`A ${report.kind} by `}
          {author ? <PageLink to={paths.profile(author.handle)}>{`@${author.handle}`}</PageLink> : 'a deleted account'},{' '}
          {report.is_live ? 'still there' : 'not there any more'}. {RULE_SENTENCES[report.reason]}
        </p>
        {copy?.warning && <p className="soft">{copy.warning}</p>}
        {copy?.message && (
          <blockquote className="quoted" dir="auto">
            {copy.message}
          </blockquote>
        )}
        {copy?.note && <p dir="auto">{`The reporter: ${copy.note}`}</p>}
        {!copy && <p className="soft">The copy is gone.</p>}
        <p className="soft">
          {`Reported by ${report.reporter ? `@${report.reporter.handle}` : (copy?.name ?? 'nobody known')} ${copy?.email ?? ''}`}
          {`. ${report.reports_count} of this, ${report.author_reports_count} of its author, ${history.length} earlier decisions.`}
        </p>
        {report.decision && <p>{`Decided: ${report.decision}. ${statement?.statement ?? ''}`}</p>}
        {appeal && <p dir="auto">{`Appeal: ${appeal}`}</p>}
      </div>
      {report.state === 'open' && <DecisionForm report={report} values={failure?.values} />}
      {report.has_open_appeal && <AppealForm report={report} />}
      {report.state === 'decided' && !report.has_open_appeal && !statement?.answered_at && (
        <Form method="post" action={safetyPaths.moderation()} className="confirmation">
          <input type="hidden" name="report" value={report.uuid} />
          <Button look="quiet" name="intent" value="undo">
            Undo the decision
          </Button>
        </Form>
      )}
    </>
  )
}

function DecisionForm({ report, values }: { report: Opened; values: Record<string, string> | undefined }) {
  return (
    <Form
      method="post"
      action={safetyPaths.moderation({ report: report.uuid })}
      className="form confirmation"
      noValidate
    >
      <input type="hidden" name="report" value={report.uuid} />
      <fieldset className="choices">
        <legend>Rule</legend>
        {Object.entries(RULE_SENTENCES).map(([rule, sentence]) => (
          <label key={rule}>
            <input type="radio" name="rule" value={rule} defaultChecked={(values?.rule ?? report.reason) === rule} />
            {sentence}
          </label>
        ))}
      </fieldset>
      <CountedField
        name="statement"
        label="Why, for its author"
        max={TEXT_MAX}
        value={values?.statement ?? ''}
        multiline
      />
      {report.kind === 'activity' && <Field name="warning" label="Warning to add" defaultValue={values?.warning} />}
      <Field name="days" label="Days of a suspension, empty for good" inputMode="numeric" defaultValue={values?.days} />
      <div className="buttons">
        <Button look="quiet" name="intent" value="dismiss">
          Dismiss
        </Button>
        {report.kind === 'activity' && (
          <Button name="intent" value="warn">
            Add the warning
          </Button>
        )}
        {report.kind !== 'user' && (
          <Button look="danger" name="intent" value="delete">
            Delete
          </Button>
        )}
        <Button look="danger" name="intent" value="suspend">
          Suspend the author
        </Button>
      </div>
    </Form>
  )
}

const AppealForm = ({ report }: { report: Opened }) => (
  <Form method="post" action={safetyPaths.moderation({ report: report.uuid })} className="form confirmation" noValidate>
    <input type="hidden" name="report" value={report.uuid} />
    <CountedField name="answer" label="Answer to the appeal" max={TEXT_MAX} value="" multiline />
    <div className="buttons">
      <Button name="intent" value="upheld">
        The decision stands
      </Button>
      <Button look="danger" name="intent" value="reversed">
        Reverse it
      </Button>
    </div>
  </Form>
)
