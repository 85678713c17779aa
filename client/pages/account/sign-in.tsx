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
import { EmailField } from '../../components/session/EmailField.tsx'
import { NewPasswordField } from '../../components/session/NewPasswordField.tsx'
import { emailIn } from '../../forms/email-in.ts'
import { field } from '../../forms/field.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { type Api, hasCode, read } from '../../net/api.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { nextParam, safeNext } from '../../routing/next-param.ts'
import { paths } from '../../routing/paths.ts'
import { fieldError, formErrors } from '../../texts/form-errors.ts'
import { errorMessage } from '../../texts/lazy-error-messages.ts'
import { Button } from '../../ui/button/Button.tsx'
import { Field } from '../../ui/form/Field.tsx'
import { FormError } from '../../ui/form/FormError.tsx'

/** Redirects a signed-in visitor to `next`. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { isSignedIn } = loaderContextOf(context)
  if (await isSignedIn()) throw redirect(safeNext(new URL(request.url).searchParams.get('next')))
  return null
}

/** Signs in and redirects to `next`; or to confirming the address, or to resetting the password. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api } = loaderContextOf(context)
  const form = await formIn(request)
  const email = field(form, 'email')
  const next = field(form, 'next')
  return runForm(form, async () => {
    const new_password = field(form, 'new_password')
    const json = { email, password: field(form, 'password'), ...(new_password ? { new_password } : {}) }
    try {
      const session = await read(api.session.$post({ json }))
      return redirect(session.handle_required ? paths.welcome(next) : safeNext(next), 303)
    } catch (error) {
      if (hasCode(error, 'email_unconfirmed')) return redirect(paths.confirm(email, { next }), 303)
      if (!hasCode(error, 'password_reset_required')) throw error
      await sendRecoveryCode(api, email)
      return redirect(paths.forgot(email, { step: 'confirm', required: '1', next }), 303)
    }
  })
}

/** Sends a recovery code by email. After too many requests the last code is still valid, so that error is ignored. */
async function sendRecoveryCode(api: Api, email: string): Promise<void> {
  try {
    await read(api.session.recover.$post({ json: { email } }))
  } catch (error) {
    if (!hasCode(error, 'too_many_requests')) throw error
  }
}

/** Returns the sentence below the title: why the visitor was sent here. */
function leadIn(search: URLSearchParams): string | undefined {
  if (search.has('ended')) return errorMessage('session_ended')
  return search.has('confirmed') ? 'Your address is confirmed. Welcome.' : undefined
}

/** The sign-in page. */
export function Component() {
  const [search] = useSearchParams()
  const failure = failureIn(useActionData())
  const { errors, values } = failure ?? {}
  const needsNewPassword = errors?.some(
    (error) => error.code === 'password_change_required' || error.field === 'new_password',
  )
  const next = nextParam(values?.next ?? search.get('next'))
  const email = values?.email ?? emailIn(search)
  const formError = formErrors(errors, ['email', 'password', 'new_password'])
  return (
    <AuthLayout title="Sign in" lead={leadIn(search)}>
      <PageHead />
      <Form method="post" action={paths.signIn()} className="form" noValidate>
        <FormError
          id="form-error"
          sentences={formError}
          links={{ 'get a new password': paths.forgot(email, { next }) }}
        />
        <input type="hidden" name="next" value={next} />
        <EmailField email={email} error={fieldError(errors, 'email')} />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          // The first empty field if the email address is known.
          autoFocus
          error={fieldError(errors, 'password')}
          describedBy={formError.length > 0 && 'form-error'}
        />
        {needsNewPassword && (
          <NewPasswordField name="new_password" label="New password" error={fieldError(errors, 'new_password')} />
        )}
        <Button wide>Sign in</Button>
      </Form>
      <p className="auth-link">
        <a href={paths.forgot(email, { next })}>Forgot your password?</a>
      </p>
      <p className="auth-link">
        New here? <a href={paths.signUp(next)}>Join</a>
      </p>
    </AuthLayout>
  )
}
