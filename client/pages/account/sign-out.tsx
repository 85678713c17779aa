import { type ActionFunctionArgs, Form, useActionData, useNavigation } from 'react-router'
import { AuthLayout } from '../../components/layout/AuthLayout.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { KeepDrafts } from '../../components/session/KeepDrafts.tsx'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { read } from '../../net/api.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { redirectSignedOut } from '../../routing/redirect-signed-out.ts'
import { formErrors } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { FormError } from '../../ui/form/FormError.tsx'

/** Ends the session of this browser. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api } = loaderContextOf(context)
  const form = await formIn(request)
  return runForm(form, async () => {
    await read(api.session.$delete())
    return redirectSignedOut(form)
  })
}

/** Page that asks before signing out: a GET must not end the session. */
export function Component() {
  const failure = failureIn(useActionData())
  const { formAction } = useNavigation()
  return (
    <AuthLayout title="Sign out?" lead="Your cruds burn on without you.">
      <PageHead />
      <Form method="post" action={paths.signOut()} className="form">
        <FormError sentences={formErrors(failure?.errors, [])} />
        <KeepDrafts />
        <Button wide pending={formAction === paths.signOut()}>
          Sign out
        </Button>
      </Form>
      <p className="auth-link">
        <a href={paths.home()}>Stay</a>
      </p>
    </AuthLayout>
  )
}
