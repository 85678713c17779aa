import { type ActionFunctionArgs, Form, redirect, useActionData, useSearchParams } from 'react-router'
import { AuthLayout } from '../../components/layout/AuthLayout.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { EmailField } from '../../components/session/EmailField.tsx'
import { NewPasswordField } from '../../components/session/NewPasswordField.tsx'
import { field } from '../../forms/field.ts'
import { type FormFailure, failureIn, formIn, runForm, valuesOf } from '../../forms/form.ts'
import { read } from '../../net/api.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { nextParam } from '../../routing/next-param.ts'
import { paths } from '../../routing/paths.ts'
import { fieldError, formErrors } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { Field } from '../../ui/form/Field.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { LinkedSentence } from '../../ui/form/LinkedSentence.tsx'

const LEAD = 'Say it for an hour, or for a month. Then it’s gone.'

const FIELDS = ['display_name', 'email', 'handle', 'password']

/** Creates an account, and redirects to confirming its email address. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api } = loaderContextOf(context)
  const form = await formIn(request)
  const picked = field(form, 'picked_handle')
  // A free handle was pressed: shows the form with it. The password has to be typed again, since it is never rendered.
  if (picked) return { errors: [], values: { ...valuesOf(form), handle: picked } } satisfies FormFailure
  return runForm(form, async () => {
    const { email } = await read(
      api.session['sign-up'].$post({
        json: {
          display_name: field(form, 'display_name'),
          email: field(form, 'email'),
          handle: field(form, 'handle'),
          password: field(form, 'password'),
        },
      }),
    )
    return redirect(paths.confirm(email, { next: field(form, 'next') }), 303)
  })
}

/** The sign-up page. */
export function Component() {
  const [search] = useSearchParams()
  const failure = failureIn(useActionData())
  const { errors, values } = failure ?? {}
  const next = nextParam(values?.next ?? search.get('next'))
  const emailError = fieldError(errors, 'email')
  const formError = formErrors(errors, FIELDS)
  const links = {
    'Sign in': paths.signIn(next, { email: values?.email ?? '' }),
    'get a new password': paths.forgot(values?.email, { next }),
  }
  const suggestions = errors?.find((error) => error.field === 'handle')?.suggestions
  return (
    <AuthLayout title="Join" lead={LEAD}>
      <PageHead sharing={{ path: paths.signUp(), description: LEAD }} />
      <Form method="post" action={paths.signUp()} className="form" noValidate>
        {/* What Enter presses: the first button of the form, which would be a suggestion. */}
        {suggestions && <button type="submit" className="visually-hidden" tabIndex={-1} aria-hidden="true" />}
        <FormError id="form-error" sentences={formError} />
        <input type="hidden" name="next" value={next} />
        <Field
          name="display_name"
          label="Name"
          autoComplete="name"
          required
          defaultValue={values?.display_name}
          autoFocus={!values?.display_name}
          error={fieldError(errors, 'display_name')}
        />
        <EmailField email={values?.email} error={emailError && <LinkedSentence text={emailError} links={links} />} />
        <Field
          name="handle"
          label="Handle"
          hint="Letters a to z, digits and _. Nobody else can have the same one."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          defaultValue={values?.handle}
          autoFocus={!values?.handle}
          error={fieldError(errors, 'handle')}
          suggestions={suggestions}
        />
        <NewPasswordField
          name="password"
          label="Password"
          error={fieldError(errors, 'password')}
          describedBy={formError.length > 0 && 'form-error'}
          isRefused={failure !== undefined}
        />
        {/* In a new tab, so that nothing typed is lost. */}
        <p className="soft linked">
          By joining you agree to the{' '}
          <a href={paths.terms()} target="_blank" rel="noopener">
            terms of service
          </a>{' '}
          and the{' '}
          <a href={paths.rules()} target="_blank" rel="noopener">
            rules of the house
          </a>
          .
        </p>
        <Button wide>Join</Button>
      </Form>
      <p className="auth-link">
        Already here? <a href={paths.signIn(next)}>Sign in</a>
      </p>
    </AuthLayout>
  )
}
