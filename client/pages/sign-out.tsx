import type { FormEvent } from 'react'
import { type ActionFunctionArgs, Form, redirect, useActionData } from 'react-router'
import { Door } from '../components/layout/Door.tsx'
import { PageHead } from '../components/layout/PageHead.tsx'
import { read } from '../lib/api.ts'
import { useScripted } from '../lib/clock.tsx'
import { countDrafts, dropDrafts } from '../lib/drafts.ts'
import { attempt, failureIn, formIn } from '../lib/form.ts'
import { loadingIn } from '../lib/loading.ts'
import { paths } from '../lib/paths.ts'
import { formErrors } from '../lib/sentences.ts'
import { Button } from '../ui/Button.tsx'
import { FormError } from '../ui/FormError.tsx'
import { PageLink } from '../ui/PageLink.tsx'

/** Ends this session. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api } = loadingIn(context)
  return attempt(await formIn(request), async () => {
    await read(api.session.$delete())
    return redirect(paths.home(), 303)
  })
}

/** Asks before signing out: a link alone must not do it. */
export function Component() {
  const failure = failureIn(useActionData())
  const hasDrafts = useScripted() && countDrafts() > 0
  const forget = ({ currentTarget }: FormEvent<HTMLFormElement>) => {
    if (new FormData(currentTarget).has('forget')) dropDrafts()
  }
  return (
    <Door title="Sign out?" lead="Your cruds burn on without you.">
      <PageHead title="Sign out?" />
      {/* A whole document: nothing of this session stays in the page. */}
      <Form method="post" action={paths.signOut()} className="form" onSubmit={forget} reloadDocument>
        <FormError sentences={formErrors(failure?.errors, [])} />
        {hasDrafts && (
          <label className="choices">
            <input type="checkbox" name="forget" />
            Forget what I have typed here and not sent
          </label>
        )}
        <Button wide>Sign out</Button>
      </Form>
      <p className="elsewhere">
        <PageLink to={paths.home()}>Stay</PageLink>
      </p>
    </Door>
  )
}
