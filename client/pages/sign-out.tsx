import { type ActionFunctionArgs, Form, useActionData, useNavigation } from 'react-router'
import { Door } from '../components/layout/Door.tsx'
import { PageHead } from '../components/layout/PageHead.tsx'
import { KeepDrafts } from '../components/session/KeepDrafts.tsx'
import { read } from '../lib/api.ts'
import { attempt, failureIn, formIn } from '../lib/form.ts'
import { loadingIn } from '../lib/loading.ts'
import { paths } from '../lib/paths.ts'
import { redirectSignedOut } from '../lib/redirect-signed-out.ts'
import { formErrors } from '../lib/sentences.ts'
import { Button } from '../ui/Button.tsx'
import { FormError } from '../ui/FormError.tsx'
import { PageLink } from '../ui/PageLink.tsx'

/** Ends this session. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api } = loadingIn(context)
  const form = await formIn(request)
  return attempt(form, async () => {
    await read(api.session.$delete())
    return redirectSignedOut(form)
  })
}

/** Asks before signing out: a link alone must not do it. */
export function Component() {
  const failure = failureIn(useActionData())
  const { formAction } = useNavigation()
  return (
    <Door title="Sign out?" lead="Your cruds burn on without you.">
      <PageHead />
      <Form method="post" action={paths.signOut()} className="form">
        <FormError sentences={formErrors(failure?.errors, [])} />
        <KeepDrafts />
        <Button wide pending={formAction === paths.signOut()}>
          Sign out
        </Button>
      </Form>
      <p className="elsewhere">
        <PageLink to={paths.home()}>Stay</PageLink>
      </p>
    </Door>
  )
}
