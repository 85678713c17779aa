import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from 'react-router'
import { backTo, runButtonAction } from '../../forms/button-action.ts'
import { field, formIn } from '../../forms/form.ts'
import { type Reaction, setReaction } from '../../queries/reactions.ts'
import { handleParam, loaderContextOf } from '../../routing/loader-context.ts'
import { paths } from '../../routing/paths.ts'

/** The address that a like's or a repost's form is sent to; it is no page of its own. */
export function reactionRoute(reaction: Reaction) {
  const addressed = ({ at_handle, uuid = '' }: LoaderFunctionArgs['params']) => ({
    uuid,
    user: { handle: handleParam(at_handle) },
  })
  return {
    loader({ params }: LoaderFunctionArgs): Response {
      return redirect(paths.activity(addressed(params)))
    },
    /** Does it, or takes it back: `on`. */
    async action({ request, params, context }: ActionFunctionArgs) {
      const { api, queries } = loaderContextOf(context)
      const crud = addressed(params)
      const form = await formIn(request)
      return runButtonAction(queries, backTo(form, paths.activity(crud)), () =>
        setReaction({ api, queries }, crud.uuid, reaction, field(form, 'on') === 'true'),
      )
    },
  }
}
