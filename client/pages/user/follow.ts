import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from 'react-router'
import { redirectPath, runButtonAction } from '../../forms/button-action.ts'
import { field } from '../../forms/field.ts'
import { formIn } from '../../forms/form.ts'
import { setFollow } from '../../queries/users/follows.ts'
import { handleParam } from '../../routing/handle-param.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'

/** Redirects a GET to the profile: this route has no page. */
export const loader = ({ params }: LoaderFunctionArgs) => redirect(paths.profile(handleParam(params.at_handle)))

/** Follows or unfollows a user, by the form's `on`. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const handle = handleParam(params.at_handle)
  const form = await formIn(request)
  return runButtonAction(queries, redirectPath(form, paths.profile(handle)), () =>
    setFollow({ api, queries }, handle, field(form, 'on') === 'true'),
  )
}
