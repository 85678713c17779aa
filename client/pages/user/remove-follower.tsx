import { useSuspenseQuery } from '@tanstack/react-query'
import { type ActionFunctionArgs, Form, type LoaderFunctionArgs, redirect, useParams } from 'react-router'
import { useApi, useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { UserRow } from '../../components/user/UserRow.tsx'
import { redirectPath, runButtonAction } from '../../forms/button-action.ts'
import { formIn } from '../../forms/form.ts'
import { removeFollower } from '../../queries/users/followers.ts'
import { profileQuery } from '../../queries/users/users.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { handleParam } from '../../routing/handle-param.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { Button } from '../../ui/button/Button.tsx'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { api, queries } = await requireSignedIn({ request, context })
  const handle = handleParam(params.at_handle)
  const { handle: name, viewer } = await queries.ensureQueryData(profileQuery(api, handle))
  if (!viewer?.followed_by) throw redirect(paths.profile(name))
  return null
}

/** Removes a follower of the viewer. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const handle = handleParam(params.at_handle)
  const form = await formIn(request)
  return runButtonAction(queries, redirectPath(form, paths.profile(handle)), () =>
    removeFollower({ api, queries }, handle),
  )
}

/** Page that asks before removing a follower. */
export function Component() {
  const viewer = useViewer()
  const handle = handleParam(useParams().at_handle)
  const { data: profile } = useSuspenseQuery(profileQuery(useApi(), handle))
  const title = `Remove @${profile.handle} from your followers?`
  return (
    <Shell viewer={viewer}>
      <PageHead title={title} />
      <PageTitle back={paths.profile(profile.handle)}>{title}</PageTitle>
      <Form className="confirmation" method="post" action={paths.removeFollower(profile.handle)}>
        <ul className="user-list">
          <UserRow user={profile} />
        </ul>
        <p className="linked">
          What you say to followers is hidden from them at once. They won’t be told, and can follow you again; turn on{' '}
          <PageLink to={`${paths.settings()}#followers`}>Approve followers</PageLink> to decide about that.
        </p>
        <div className="buttons">
          <Button look="danger">Remove</Button>
          <ButtonLink look="quiet" to={paths.profile(profile.handle)}>
            Cancel
          </ButtonLink>
        </div>
      </Form>
    </Shell>
  )
}
