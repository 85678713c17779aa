import { useState } from 'react'
import { type ActionFunctionArgs, Form, type LoaderFunctionArgs, useActionData, useNavigation } from 'react-router'
import { useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { ShowPassword } from '../../components/session/ShowPassword.tsx'
import { field } from '../../forms/field.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { read } from '../../net/api.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { redirectSignedOut } from '../../routing/redirect-signed-out.ts'
import { fieldError, formErrors } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { Field } from '../../ui/form/Field.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireSignedIn({ request, context })
  return null
}

/** Deletes the viewer's account, given its password. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api } = loaderContextOf(context)
  const form = await formIn(request)
  return runForm(form, async () => {
    await read(api.profile.$delete({ json: { password: field(form, 'password') } }))
    return redirectSignedOut(form)
  })
}

/** Page that explains what account deletion deletes and when, and asks for the password. */
export function Component() {
  const viewer = useViewer()
  const errors = failureIn(useActionData())?.errors
  const { formAction } = useNavigation()
  const [shown, setShown] = useState(false)
  return (
    <Shell viewer={viewer} current="settings">
      <PageHead />
      <PageTitle back={paths.settings()}>Delete your account</PageTitle>
      <div className="settings">
        <section>
          <dl className="facts">
            <dt>At once</dt>
            <dd>
              You’re signed out everywhere, and nobody can see your profile, cruds and replies any more. People who
              aren’t signed in may see them for another 15 seconds.
            </dd>
            <dt>Within minutes</dt>
            <dd>
              We delete your profile, picture and email address, your cruds with all replies to them, your likes,
              reposts and follows, and your messages, for the people you wrote with too. This can’t be undone.
            </dd>
            <dt>What we keep</dt>
            <dd>
              For 90 days, a code made from your handle, so that nobody can take {viewer && <b>@{viewer.handle}</b>} and
              pretend to be you, and one that keeps your old sign-in from coming back. Neither says who you were.
            </dd>
          </dl>
          <div className="buttons">
            <ButtonLink look="quiet" href={paths.export()} download>
              Download your data first
            </ButtonLink>
          </div>
        </section>
        <section>
          <Form method="post" action={paths.deleteAccount()} className="form" noValidate>
            <FormError sentences={formErrors(errors, ['password'])} />
            <Field
              name="password"
              label="Your password"
              type={shown ? 'text' : 'password'}
              autoComplete="current-password"
              error={fieldError(errors, 'password')}
            />
            <ShowPassword shown={shown} onChange={setShown} />
            <div className="buttons">
              <Button look="danger" pending={formAction === paths.deleteAccount()}>
                Delete my account
              </Button>
              <ButtonLink look="quiet" href={paths.settings()}>
                Keep my account
              </ButtonLink>
            </div>
          </Form>
        </section>
      </div>
    </Shell>
  )
}
