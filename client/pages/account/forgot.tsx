import { type ActionFunctionArgs, Form, redirect, useActionData, useSearchParams } from 'react-router'
import { isEmail } from '../../../worker/contract/email.ts'
import { AuthLayout } from '../../components/layout/AuthLayout.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { CodeField } from '../../components/session/CodeField.tsx'
import { EmailField } from '../../components/session/EmailField.tsx'
import { NewPasswordField } from '../../components/session/NewPasswordField.tsx'
import { emailIn } from '../../forms/email-in.ts'
import { field } from '../../forms/field.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { read } from '../../net/api.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { nextParam } from '../../routing/next-param.ts'
import { paths } from '../../routing/paths.ts'
import { fieldError, formErrors } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { FormError } from '../../ui/form/FormError.tsx'

/** Sends a code; with the code, sets a new password. Neither reveals whether the account exists. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api } = loaderContextOf(context)
  const form = await formIn(request)
  const email = field(form, 'email')
  const next = field(form, 'next')
  const required = field(form, 'required') === '1' ? { required: '1' as const } : {}
  return runForm(form, async () => {
    if (field(form, 'step') === 'confirm' && field(form, 'intent') !== 'resend') {
      const json = { email, code: field(form, 'code'), password: field(form, 'password') }
      await read(api.session.recover.confirm.$post({ json }))
      return redirect(paths.forgot(email, { step: 'done', next }), 303)
    }
    await read(api.session.recover.$post({ json: { email } }))
    return redirect(paths.forgot(email, { step: 'confirm', ...required, next }), 303)
  })
}

/** The three steps of a password reset: send a code, set the password, done. */
export function Component() {
  const [search] = useSearchParams()
  const failure = failureIn(useActionData())
  const step = failure?.values.step ?? search.get('step')
  const email = failure?.values.email ?? emailIn(search)
  const next = nextParam(failure?.values.next ?? search.get('next'))
  if (step === 'done') return <Done email={email} next={next} />
  const isResetRequired = (failure?.values.required ?? search.get('required')) === '1'
  return step === 'confirm' ? (
    <NewPassword email={email} next={next} failure={failure} isResetRequired={isResetRequired} />
  ) : (
    <SendCode email={email} next={next} failure={failure} isResetRequired={isResetRequired} />
  )
}

type StepProps = {
  email: string
  next: string
  failure: ReturnType<typeof failureIn>
  /** Sign-in redirected here: someone else may know the current password, so it no longer signs in. */
  isResetRequired: boolean
}

/** First step. */
function SendCode({ email, next, failure, isResetRequired }: StepProps) {
  const title = isResetRequired ? 'Set a new password' : 'Forgot your password?'
  const lead = isResetRequired
    ? 'You need to set a new password before you go on. We’ll email you a code.'
    : 'We’ll email you a code to set a new one.'
  return (
    <AuthLayout title={title} lead={lead}>
      <PageHead title={title} />
      <Form method="post" action={paths.forgot()} className="form" noValidate>
        <FormError sentences={formErrors(failure?.errors, ['email'])} />
        <input type="hidden" name="next" value={next} />
        <EmailField email={email} error={fieldError(failure?.errors, 'email')} />
        <Button wide>Send the code</Button>
      </Form>
    </AuthLayout>
  )
}

/** Second step. */
function NewPassword({ email, next, failure, isResetRequired }: StepProps) {
  const to = isEmail(email) ? email : 'your address'
  const formError = formErrors(failure?.errors, ['email', 'code', 'password'])
  return (
    <AuthLayout
      title="Set a new password"
      lead={
        isResetRequired
          ? `One more step, in case someone else knows the old password. We’ve sent a code to ${to}.`
          : `If there’s an account for ${to}, a code is on its way.`
      }
    >
      <PageHead title="Set a new password" />
      <Form method="post" action={paths.forgot()} className="form" noValidate>
        <FormError id="form-error" sentences={formError} />
        <input type="hidden" name="step" value="confirm" />
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="required" value={isResetRequired ? '1' : ''} />
        <EmailField
          email={email}
          error={fieldError(failure?.errors, 'email')}
          hint={<a href={paths.forgot(null, { next })}>Wrong address?</a>}
        />
        <CodeField error={fieldError(failure?.errors, 'code')} describedBy={formError.length > 0 && 'form-error'} />
        <NewPasswordField name="password" label="New password" error={fieldError(failure?.errors, 'password')} />
        <Button wide>Set password</Button>
        <Button wide look="quiet" name="intent" value="resend">
          Send a new code
        </Button>
      </Form>
    </AuthLayout>
  )
}

function Done({ email, next }: Pick<StepProps, 'email' | 'next'>) {
  return (
    <AuthLayout title="Your password is set" lead="Sign in with it now.">
      <PageHead title="Your password is set" />
      <ButtonLink wide href={paths.signIn(next, { email })}>
        Sign in
      </ButtonLink>
    </AuthLayout>
  )
}
