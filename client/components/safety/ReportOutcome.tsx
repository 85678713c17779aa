import type { ReactNode } from 'react'
import { Form } from 'react-router'
import type { ReportAnswer } from '../../../worker/contract/report.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { Button } from '../../ui/button/Button.tsx'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { Field } from '../../ui/form/Field.tsx'
import { RuleLink } from './RuleLink.tsx'

function sentenceOf({ state, acted, rule }: ReportAnswer): ReactNode {
  if (state === 'open') return 'Your report has arrived. A moderator will look at it.'
  if (state === 'closed') return 'Nobody decided about your report in time, so it was closed. We are sorry.'
  if (!acted) return 'A moderator looked at it and found that it is within our rules.'
  return <>A moderator acted on your report. {rule && <RuleLink rule={rule} />}</>
}

type ReportOutcomeProps = {
  answer: ReportAnswer | null
  reference: string
  /** Whether images of what was reported could not be kept. */
  hasLostImages?: boolean | undefined
  /** Path of the page that shows what was reported; blank: unknown. */
  subjectPath?: string | undefined
  signedIn?: boolean
}

/** What became of a report; without an answer, a form to look one up by its reference. */
export function ReportOutcome({ answer, reference, hasLostImages, subjectPath, signedIn = false }: ReportOutcomeProps) {
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
        {answer.state === 'open' && signedIn && <p>You’ll get a notification when it’s decided.</p>}
        <p>
          {signedIn ? 'Its' : 'Keep its'} reference: <b>{answer.reference}</b>. This page shows the answer for 30 days
          {!signedIn && '; save its address'}.
        </p>
        {subjectPath && (
          <ButtonLink look="quiet" href={subjectPath}>
            Go back
          </ButtonLink>
        )}
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
