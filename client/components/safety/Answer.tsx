import type { ReactNode } from 'react'
import { Form } from 'react-router'
import type { ReportAnswer } from '../../../worker/contract/report.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { Button } from '../../ui/button/Button.tsx'
import { Field } from '../../ui/form/Field.tsx'
import { RuleLink } from './RuleLink.tsx'

function sentenceOf({ state, acted, rule }: ReportAnswer): ReactNode {
  if (state === 'open') return 'Your report has arrived. A moderator will look at it.'
  if (state === 'closed') return 'Nobody decided about your report in time, so it was closed. We are sorry.'
  if (!acted) return 'A moderator looked at it and found that it is within our rules.'
  return <>A moderator acted on your report. {rule && <RuleLink rule={rule} />}</>
}

type AnswerProps = {
  answer: ReportAnswer | null
  reference: string
  /** Whether images of what was reported could not be kept. */
  hasLostImages?: boolean | undefined
}

/** What became of a report, or a form to look one up by its reference. */
export function Answer({ answer, reference, hasLostImages }: AnswerProps) {
  if (answer) {
    return (
      <div className="confirmation">
        <p className="linked" role="status">
          {sentenceOf(answer)}
        </p>
        {hasLostImages && (
          <p>
            Its images could not be kept, so a moderator sees them only as long as they are there. Your report counts
            all the same.
          </p>
        )}
        <p>
          Its reference is <b>{answer.reference}</b>. Keep it: this page shows the answer for 30 days.
        </p>
      </div>
    )
  }
  return (
    <Form method="get" action={safetyPaths.report()} className="form confirmation">
      <Field
        name="reference"
        label="Reference"
        hint="Such as 7K3M-9QXP-2TVC."
        autoComplete="off"
        spellCheck={false}
        defaultValue={reference}
        error={reference ? 'There is no report with this reference. After 30 days it is gone.' : undefined}
      />
      <Button>Look up</Button>
    </Form>
  )
}
