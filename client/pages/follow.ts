import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from 'react-router'
import { field, formIn } from '../lib/form.ts'
import { handleIn, loadingIn } from '../lib/loading.ts'
import { paths } from '../lib/paths.ts'
import { backTo, press } from '../lib/press.ts'
import { setFollow } from '../queries/follows.ts'

/** No page of its own. */
export const loader = ({ params }: LoaderFunctionArgs) => redirect(paths.profile(handleIn(params.at_handle)))

/** Follows a person, or ends that: `on`. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { api, queries } = loadingIn(context)
  const handle = handleIn(params.at_handle)
  const form = await formIn(request)
  return press(queries, backTo(form, paths.profile(handle)), () =>
    setFollow({ api, queries }, handle, field(form, 'on') === 'true'),
  )
}
