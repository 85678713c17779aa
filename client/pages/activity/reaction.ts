import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from 'react-router'
import { runButtonAction } from '../../forms/button-action.ts'
import { field } from '../../forms/field.ts'
import { formIn } from '../../forms/form.ts'
import { type Reaction, setReaction } from '../../queries/activities/reactions.ts'
import { handleParam } from '../../routing/handle-param.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { type ActivityRef, buttonId, paths } from '../../routing/paths.ts'
import { refererPath } from '../../routing/referring-page.ts'

/** Returns the loader and action of a like's or repost's route. It has no page: a GET redirects to the activity. */
export function reactionRoute(reaction: Reaction) {
  const activityIn = ({ at_handle, uuid = '' }: LoaderFunctionArgs['params']) => ({
    uuid,
    user: { handle: handleParam(at_handle) },
  })
  return {
    loader({ params }: LoaderFunctionArgs): Response {
      return redirect(paths.activity(activityIn(params)))
    },
    /** Sets or removes the reaction, by the form's `on`. */
    async action({ request, params, context }: ActionFunctionArgs) {
      const { api, queries } = loaderContextOf(context)
      const activity = activityIn(params)
      const form = await formIn(request)
      return runButtonAction(queries, pathOfButton(refererPath(request), activity, reaction), () =>
        setReaction({ api, queries }, activity.uuid, reaction, field(form, 'on') === 'true'),
      )
    },
  }
}

/** Returns the path back to a pressed button: on the activity's own page the button's, on another page that of the card. */
function pathOfButton(referer: string | null, activity: ActivityRef, reaction: Reaction): string {
  const activityPath = paths.activity(activity)
  if (!referer) return activityPath
  return `${referer}#${referer.split('?')[0] === activityPath ? buttonId(reaction) : activity.uuid}`
}
