import { useSuspenseQuery } from '@tanstack/react-query'
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useActionData } from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { AvatarForm } from '../../components/avatar/AvatarForm.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { field } from '../../forms/field.ts'
import { failureIn, formIn, runForm } from '../../forms/form.ts'
import { ownProfileQuery, putAvatar, removeAvatar } from '../../queries/users/own-account.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  await queries.ensureQueryData(ownProfileQuery(api))
  return null
}

/** Saves the avatar of a form, or removes the current one. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const form = await formIn(request)
  return runForm(form, async () => {
    const file = form.get('avatar')
    if (field(form, 'intent') === 'remove') await removeAvatar(api, queries)
    else await putAvatar(api, queries, file instanceof Blob ? file : new Blob())
    return redirect(paths.settings({ saved: 'avatar' }), 303)
  })
}

/** Page with the avatar form alone: shown after a refused upload, to send another. */
export function Component() {
  const { data: profile } = useSuspenseQuery(ownProfileQuery(useApi()))
  return (
    <Shell viewer={useViewer()} current="settings">
      <PageHead />
      <PageTitle back={paths.settings()}>Your picture</PageTitle>
      <div className="settings">
        <section>
          <AvatarForm user={profile} failure={failureIn(useActionData())} saved={false} />
        </section>
      </div>
    </Shell>
  )
}
