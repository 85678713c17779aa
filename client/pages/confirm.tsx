import { type ActionFunctionArgs, Form, redirect, useActionData, useSearchParams } from 'react-router'
import { Door } from '../components/layout/Door.tsx'
import { PageHead } from '../components/layout/PageHead.tsx'
import { read } from '../lib/api.ts'
import { attempt, failureIn, field, formIn } from '../lib/form.ts'
import { loadingIn, nextOn, safeNext } from '../lib/loading.ts'
import { paths } from '../lib/paths.ts'
import { fieldError, formErrors } from '../lib/sentences.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { FormError } from '../ui/FormError.tsx'
import { PageLink } from '../ui/PageLink.tsx'

/** Confirms an address, or sends a new code. Confirming signs the person in where the pool allows it. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api } = loadingIn(context)
  const form = await formIn(request)
  const email = field(form, 'email')
  const next = field(form, 'next')
  const begun_before = field(form, 'begun_before') === '1'
  return attempt(form, async () => {
    if (field(form, 'intent') === 'resend') {
      await read(api.session.resend.$post({ json: { email } }))
      return redirect(paths.confirm(email, { sent: '1', next, ...(begun_before ? { begun_before: '1' } : {}) }), 303)
    }
    const session = await read(api.session.confirm.$post({ json: { email, code: field(form, 'code'), begun_before } }))
    if (begun_before) return redirect(paths.forgot(email, { step: 'confirm', begun_before: '1', next }), 303)
    if (session.handle_required) return redirect(paths.welcome(next), 303)
    return redirect(session.viewer ? safeNext(next) : paths.signIn(next, { email, confirmed: '1' }), 303)
  })
}

export function Component() {
  const [search] = useSearchParams()
  const failure = failureIn(useActionData())
  const { errors, values } = failure ?? {}
  const email = values?.email ?? search.get('email') ?? ''
  const next = nextOn(values?.next ?? search.get('next'))
  const lead = search.has('sent')
    ? 'A new code is on its way.'
    : email
      ? `We have sent a code to ${email}. It can take a minute.`
      : 'We have sent you a code.'
  return (
    <Door title="Confirm your address" lead={lead}>
      <PageHead title="Confirm your address" />
      {/* A whole document: somebody else may be signed in in the app that is running. */}
      <Form method="post" action={paths.confirm()} className="form" noValidate reloadDocument>
        <FormError sentences={formErrors(errors, ['email', 'code'])} />
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="begun_before" value={values?.begun_before ?? search.get('begun_before') ?? ''} />
        <Field
          name="email"
          label="Email"
          type="email"
          autoComplete="username"
          required
          defaultValue={email}
          error={fieldError(errors, 'email')}
          hint={email ? <PageLink to={paths.signUp(next)}>Wrong address?</PageLink> : undefined}
        />
        <Field
          name="code"
          label="Code"
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          error={fieldError(errors, 'code')}
        />
        <Button wide>Confirm</Button>
        <Button wide look="quiet" name="intent" value="resend">
          Send a new code
        </Button>
      </Form>
    </Door>
  )
}
