import {
  type ActionFunctionArgs,
  Form,
  type LoaderFunctionArgs,
  useActionData,
  useLoaderData,
  useNavigation,
  useParams,
} from 'react-router'
import type { Statement } from '../../../worker/contract/statement.ts'
import { useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { RuleLink } from '../../components/safety/RuleLink.tsx'
import { failureIn, field, formIn, runForm } from '../../forms/form.ts'
import { read } from '../../net/api.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { fieldError, formErrors } from '../../texts/sentences.ts'
import { Button } from '../../ui/button/Button.tsx'
import { CountedField } from '../../ui/form/CountedField.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'

const APPEAL_MAX = 1_024

export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<Statement> {
  const { api } = await requireSignedIn({ request, context })
  return read(api.statements[':uuid'].$get({ param: { uuid: params.uuid ?? '' } }))
}

/** Appeals against the decision. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { api } = loaderContextOf(context)
  const { uuid = '' } = params
  const form = await formIn(request)
  return runForm(form, async () => {
    await read(api.statements[':uuid'].appeal.$post({ param: { uuid }, json: { text: field(form, 'text') } }))
    return null
  })
}

const KINDS = { activity: 'Your crud', message: 'Your message', user: 'Your account' }
const day = (iso: string) => iso.slice(0, 10)

function whatWasDone({ kind, action, warning, suspended_until }: Statement): string {
  if (action === 'warn') return `${KINDS[kind]} was given the warning “${warning}”.`
  if (action === 'delete') return `${KINDS[kind]} was put out.`
  return `Your account is suspended ${suspended_until ? `until ${day(suspended_until)}` : 'for good'}.`
}

function appealSentence({ appealed_at, appeal_decision, appeal_answer }: Statement): string | null {
  if (!appealed_at) return null
  if (!appeal_decision) return 'You have appealed. A moderator will answer you here.'
  const outcome = appeal_decision === 'reversed' ? 'Your appeal succeeded' : 'The decision stands'
  return `${outcome}: ${appeal_answer}`
}

/** A statement of reasons to the viewer: what was decided, why, and what they can do about it. */
export function Component() {
  const viewer = useViewer()
  const { uuid = '' } = useParams()
  const statement = useLoaderData<typeof loader>()
  const failure = failureIn(useActionData())
  const { state } = useNavigation()
  const answer = appealSentence(statement)
  return (
    <Shell viewer={viewer}>
      <PageHead />
      <PageTitle back={paths.notifications()}>A decision</PageTitle>
      <div className="confirmation">
        <p>
          <b>{whatWasDone(statement)}</b> {statement.undone_at && 'This was taken back.'}
        </p>
        <p dir="auto">{statement.statement}</p>
        <p className="linked">
          <RuleLink rule={statement.rule} /> A moderator decided this on {day(statement.created_at)}, after a report; no
          machine did.
        </p>
        {answer && <p role="status">{answer}</p>}
      </div>
      {statement.can_appeal_until ? (
        <Form method="post" action={safetyPaths.statement(uuid)} className="form confirmation" noValidate>
          <FormError sentences={formErrors(failure?.errors, ['text'])} />
          <CountedField
            name="text"
            label="Why the decision is wrong"
            max={APPEAL_MAX}
            value={failure?.values.text ?? ''}
            multiline
            error={fieldError(failure?.errors, 'text')}
          />
          <p className="soft">
            You can appeal once, until {day(statement.can_appeal_until)}. Another moderator answers, where there is one.
            You can also go to a court, or to a body for settling disputes out of court.
          </p>
          <Button pending={state === 'submitting'}>Appeal</Button>
        </Form>
      ) : (
        <p className="confirmation soft">
          You can still go to a court, or to a body for settling disputes out of court.
        </p>
      )}
    </Shell>
  )
}
