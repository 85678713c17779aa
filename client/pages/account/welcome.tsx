import {
  type ActionFunctionArgs,
  Form,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useSearchParams,
} from 'react-router'
import { AuthLayout } from '../../components/layout/AuthLayout.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { field } from '../../forms/field.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { read } from '../../net/api.ts'
import { sessionQuery } from '../../queries/users/session.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { nextParam, safeNext } from '../../routing/next-param.ts'
import { paths } from '../../routing/paths.ts'
import { fieldError, formErrors } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { Field } from '../../ui/form/Field.tsx'
import { FormError } from '../../ui/form/FormError.tsx'

/** Redirects a user who has a handle to `next`. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  const { viewer } = await queries.ensureQueryData(sessionQuery(api))
  if (viewer) throw redirect(safeNext(new URL(request.url).searchParams.get('next')))
  return null
}

/** Saves the handle. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api } = loaderContextOf(context)
  const form = await formIn(request)
  return runForm(form, async () => {
    await read(api.profile.handle.$put({ json: { handle: field(form, 'picked_handle') || field(form, 'handle') } }))
    return redirect(safeNext(field(form, 'next')), 303)
  })
}

/** Page where a user without a handle chooses one. */
export function Component() {
  const [search] = useSearchParams()
  const failure = failureIn(useActionData())
  const { errors, values } = failure ?? {}
  const formError = formErrors(errors, ['handle'])
  const suggestions = errors?.find((error) => error.field === 'handle')?.suggestions
  return (
    <AuthLayout
      title="Pick a handle"
      lead="Someone took the one you wanted before you confirmed your address. Pick another, and you’re in."
    >
      <PageHead />
      <Form method="post" action={paths.welcome()} className="form" noValidate reloadDocument>
        {/* What Enter presses: the first button of the form, which would be a suggestion. */}
        {suggestions && <button type="submit" className="visually-hidden" tabIndex={-1} aria-hidden="true" />}
        <FormError id="form-error" sentences={formError} />
        <input type="hidden" name="next" value={nextParam(values?.next ?? search.get('next'))} />
        <Field
          name="handle"
          label="Handle"
          hint="Letters a to z, digits and _. Nobody else can have the same one."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          defaultValue={values?.handle}
          autoFocus
          error={fieldError(errors, 'handle')}
          describedBy={formError.length > 0 && 'form-error'}
          suggestions={suggestions}
        />
        <Button wide>Use this handle</Button>
      </Form>
      <p className="auth-link">
        <a href={paths.signOut()}>Sign out</a>
      </p>
    </AuthLayout>
  )
}
