import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from 'react-router'
import { UserConfirmation } from '../../components/user/UserConfirmation.tsx'
import { redirectPath, runButtonAction } from '../../forms/button-action.ts'
import { formIn } from '../../forms/form.ts'
import { removeFollower } from '../../queries/users/followers.ts'
import { profileQuery } from '../../queries/users/users.ts'
import { requireSignedIn } from '../../routing/guards.ts'
import { handleParam } from '../../routing/handle-param.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'
import { Button } from '../../ui/button/Button.tsx'

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
export const Component = () => (
  <UserConfirmation
    title={(name) => `Remove ${name} from your followers?`}
    action={paths.removeFollower}
    button={<Button look="danger">Remove</Button>}
  >
    <p className="linked">
      What you say to followers is hidden from them at once. They won’t be told, and can follow you again; turn on{' '}
      <a href={`${paths.settings()}#followers`}>Approve followers</a> to decide about that.
    </p>
  </UserConfirmation>
)
