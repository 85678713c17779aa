import {
  type ActionFunctionArgs,
  Form,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
  useSearchParams,
} from 'react-router'
import { isEmail } from '../../../worker/contract/email.ts'
import { AuthLayout } from '../../components/layout/AuthLayout.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { CodeField } from '../../components/session/CodeField.tsx'
import { EmailField } from '../../components/session/EmailField.tsx'
import { emailIn } from '../../forms/email-in.ts'
import { field } from '../../forms/field.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { hasCode, read } from '../../net/api.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { nextParam, safeNext } from '../../routing/next-param.ts'
import { paths } from '../../routing/paths.ts'
import { fieldError, formErrors } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { Field } from '../../ui/form/Field.tsx'
import { FormError } from '../../ui/form/FormError.tsx'

/** Loads whether this browser must also enter the password: it did not sign up, so the code alone proves too little. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api } = loaderContextOf(context)
  const email = emailIn(new URL(request.url).searchParams)
  if (!email) return { passwordNeeded: true }
  const { password_needed } = await read(api.session.confirm.$get({ query: { email } }))
  return { passwordNeeded: password_needed }
}

/** Confirms an email address, or sends a new code. Confirming signs in where the user pool allows it. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api } = loaderContextOf(context)
  const form = await formIn(request)
  const email = field(form, 'email')
  const next = field(form, 'next')
  return runForm(form, async () => {
    if (field(form, 'intent') === 'resend') {
      await read(api.session.resend.$post({ json: { email } }))
      return redirect(paths.confirm(email, { sent: '1', next }), 303)
    }
    const password = field(form, 'password')
    const json = { email, code: field(form, 'code'), ...(password ? { password } : {}) }
    try {
      const session = await read(api.session.confirm.$post({ json }))
      if (session.handle_required) return redirect(paths.welcome(next), 303)
      return redirect(session.viewer ? safeNext(next) : paths.signIn(next, { email, confirmed: '1' }), 303)
    } catch (error) {
      if (!hasCode(error, 'password_reset_required')) throw error
      return redirect(paths.forgot(email, { step: 'confirm', required: '1', next }), 303)
    }
  })
}

/** Returns the sentence below the title. */
function leadIn(email: string, search: URLSearchParams): string {
  if (search.has('sent')) return 'A new code is on its way.'
  return isEmail(email) ? `We’ve sent a code to ${email}. It can take a minute.` : 'We’ve sent you a code.'
}

/** Page that asks for the confirmation code. */
export function Component() {
  const [search] = useSearchParams()
  const { passwordNeeded } = useLoaderData<typeof loader>()
  const failure = failureIn(useActionData())
  const { errors, values } = failure ?? {}
  const email = values?.email ?? emailIn(search)
  const formError = formErrors(errors, ['email', 'code', 'password'])
  const next = nextParam(values?.next ?? search.get('next'))
  return (
    <AuthLayout title="Confirm your address" lead={leadIn(email, search)}>
      <PageHead />
      {/* reloadDocument: the running app may belong to another signed-in user. */}
      <Form method="post" action={paths.confirm(emailIn(search))} className="form" noValidate reloadDocument>
        <FormError id="form-error" sentences={formError} />
        <input type="hidden" name="next" value={next} />
        <EmailField
          email={email}
          error={fieldError(errors, 'email')}
          hint={email ? <a href={paths.signUp(next)}>Wrong address?</a> : undefined}
        />
        <CodeField error={fieldError(errors, 'code')} describedBy={formError.length > 0 && 'form-error'} />
        {passwordNeeded && (
          <Field
            name="password"
            label="Password"
            type="password"
            autoComplete="current-password"
            hint="The one you chose when you signed up. If you leave it blank, we’ll send you another code to set a new one."
            error={fieldError(errors, 'password')}
          />
        )}
        <Button wide>Confirm</Button>
        <Button wide look="quiet" name="intent" value="resend">
          Send a new code
        </Button>
      </Form>
    </AuthLayout>
  )
}
