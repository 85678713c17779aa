import {
  type ActionFunctionArgs,
  Form,
  type LoaderFunctionArgs,
  useActionData,
  useLoaderData,
  useNavigation,
  useParams,
} from 'react-router'
import { APPEAL_MAX } from '../../../worker/contract/limits.ts'
import type { Statement } from '../../../worker/contract/statement.ts'
import { useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { StatementFacts } from '../../components/safety/StatementFacts.tsx'
import { field } from '../../forms/field.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { read } from '../../net/api.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { fieldError, formErrors } from '../../texts/form-errors.ts'
import { UTC } from '../../time/date-format.ts'
import { dayOf } from '../../time/dates.ts'
import { Button } from '../../ui/button/Button.tsx'
import { CountedField } from '../../ui/form/CountedField.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'

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

/** A statement of reasons to the viewer: what was decided, why, and what they can do about it. */
export function Component() {
  const viewer = useViewer()
  const { uuid = '' } = useParams()
  const statement = useLoaderData<typeof loader>()
  const failure = failureIn(useActionData())
  const { state } = useNavigation()
  return (
    <Shell viewer={viewer}>
      <PageHead />
      <PageTitle back={paths.notifications()}>A decision</PageTitle>
      <StatementFacts statement={statement} />
      {statement.can_appeal_until ? (
        <Form method="post" action={safetyPaths.statement(uuid)} className="form confirmation" noValidate>
          <h2>Is it wrong?</h2>
          <p className="soft">
            You can appeal once, until {dayOf(statement.can_appeal_until, UTC)}. Another moderator answers, where there
            is one.
          </p>
          <FormError sentences={formErrors(failure?.errors, ['text'])} />
          <CountedField
            name="text"
            label="Why the decision is wrong"
            max={APPEAL_MAX}
            value={failure?.values.text ?? ''}
            multiline
            error={fieldError(failure?.errors, 'text')}
          />
          <Button pending={state === 'submitting'}>Appeal</Button>
        </Form>
      ) : null}
      <p className="confirmation soft">You can also go to a court, or to a body that settles disputes out of court.</p>
    </Shell>
  )
}
