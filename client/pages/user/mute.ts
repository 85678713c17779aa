import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from 'react-router'
import { redirectPath, runButtonAction } from '../../forms/button-action.ts'
import { field } from '../../forms/field.ts'
import { formIn } from '../../forms/form.ts'
import { mute, unmute } from '../../queries/users/relations.ts'
import { handleParam } from '../../routing/handle-param.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'

/** Redirects a GET to the profile: this route has no page. */
export const loader = ({ params }: LoaderFunctionArgs) => redirect(paths.profile(handleParam(params.at_handle)))

/** Mutes or unmutes a user, by the form's `on`. Mutes for `seconds`, or without a limit if blank. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const handle = handleParam(params.at_handle)
  const form = await formIn(request)
  const seconds = field(form, 'seconds')
  return runButtonAction(queries, redirectPath(form, paths.profile(handle)), () =>
    field(form, 'on') === 'false'
      ? unmute({ api, queries }, handle)
      : mute({ api, queries }, handle, seconds ? Number(seconds) : null),
  )
}
