import { type ActionFunctionArgs, redirect } from 'react-router'
import { runButtonAction } from '../forms/button-action.ts'
import { dismissArrival } from '../queries/users/dismiss-arrival.ts'
import { loaderContextOf } from '../routing/loader-context.ts'
import { paths } from '../routing/paths.ts'

/** Redirects a GET to home: this route has no page. */
export const loader = () => redirect(paths.home())

/** Dismisses what home shows a new user. */
export async function action({ context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  return runButtonAction(queries, paths.home(), () => dismissArrival({ api, queries }))
}
