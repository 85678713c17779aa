import { Form, useNavigation } from 'react-router'
import { STATEMENT_OF_REASONS_MAX } from '../../../worker/contract/limits.ts'
import type { OpenedReport } from '../../../worker/contract/moderation.ts'
import type { FormFailure } from '../../forms/form.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { fieldError, formErrors } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { CountedField } from '../../ui/form/CountedField.tsx'
import { ErrorText } from '../../ui/form/ErrorText.tsx'
import { Field } from '../../ui/form/Field.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { Select } from '../../ui/form/Select.tsx'
import { RuleChoices } from './RuleChoices.tsx'

/** Labels of the lengths of a suspension, by days. */
const DAYS = { 1: '1 day', 3: '3 days', 7: '7 days', 30: '30 days', '': 'For good' }

export type ReportFormProps = { report: OpenedReport; failure: FormFailure | undefined }

/** Form to decide about a report. */
export function DecisionForm({ report, failure }: ReportFormProps) {
  const { errors, values } = failure ?? {}
  const { state } = useNavigation()
  const isActivity = report.kind === 'activity'
  const actions = [
    ['dismiss', 'Nothing: it is within the rules'],
    ...(isActivity ? [['warn', 'Put a warning over it']] : []),
    ...(report.kind === 'user' ? [] : [['delete', 'Put it out']]),
    // A deleted account cannot be suspended.
    ...(report.author ? [['suspend', `Suspend @${report.author.handle}`]] : []),
  ]
  const actionError = fieldError(errors, 'action')
  return (
    <Form
      method="post"
      action={safetyPaths.moderation({ report: report.uuid })}
      className="form confirmation decision"
      noValidate
    >
      <FormError sentences={formErrors(errors, ['action', 'statement', 'warning'])} />
      <input type="hidden" name="report" value={report.uuid} />
      <fieldset className="choices lines">
        <legend>What to do</legend>
        {actions.map(([action, label]) => (
          <label key={action}>
            <input type="radio" name="intent" value={action} defaultChecked={values?.intent === action} />
            {label}
          </label>
        ))}
        {actionError && <ErrorText id="action-error">{actionError}</ErrorText>}
      </fieldset>
      {isActivity && (
        <Field
          name="warning"
          className="for-warning"
          label="The warning"
          hint="Such as “spiders” or “violence”. Readers see it in place of the text."
          defaultValue={values?.warning}
          error={fieldError(errors, 'warning')}
        />
      )}
      <div className="for-suspension">
        <Select name="days" label="How long a suspension lasts" options={DAYS} value={values?.days ?? '7'} />
      </div>
      <fieldset className="choices lines for-author">
        <legend>The rule it breaks</legend>
        <RuleChoices name="rule" chosen={values?.rule ?? report.reason} />
      </fieldset>
      <div className="for-author">
        <CountedField
          name="statement"
          label="Why, in your words: its author reads this"
          max={STATEMENT_OF_REASONS_MAX}
          value={values?.statement ?? ''}
          multiline
          error={fieldError(errors, 'statement')}
        />
      </div>
      <p className="soft">
        All open reports of it are settled. Each reporter learns whether something was done, and the rule; not what you
        write here.
      </p>
      <Button pending={state === 'submitting'}>Decide</Button>
    </Form>
  )
}

/** Form to answer the appeal against a decision. */
export function AppealForm({ report, failure }: ReportFormProps) {
  const { errors, values } = failure ?? {}
  return (
    <Form
      method="post"
      action={safetyPaths.moderation({ report: report.uuid })}
      className="form confirmation"
      noValidate
    >
      <FormError sentences={formErrors(errors, ['answer'])} />
      <input type="hidden" name="report" value={report.uuid} />
      <CountedField
        name="answer"
        label="Your answer: its author reads this"
        max={STATEMENT_OF_REASONS_MAX}
        value={values?.answer ?? ''}
        multiline
        error={fieldError(errors, 'answer')}
      />
      <div className="buttons">
        <Button name="intent" value="upheld">
          Let the decision stand
        </Button>
        <Button look="quiet" name="intent" value="reversed">
          Reverse it
        </Button>
      </div>
      <p className="soft">Reversing ends a suspension and removes a warning. What was put out stays out.</p>
    </Form>
  )
}
