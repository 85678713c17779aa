import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from 'react-router'
import { UserConfirmation } from '../../components/user/UserConfirmation.tsx'
import { redirectPath, runButtonAction } from '../../forms/button-action.ts'
import { field } from '../../forms/field.ts'
import { formIn } from '../../forms/form.ts'
import { block, unblock } from '../../queries/users/relations.ts'
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
  if (viewer?.blocking) throw redirect(paths.profile(name))
  return null
}

/** Blocks or unblocks a user, by the form's `on`. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const handle = handleParam(params.at_handle)
  const form = await formIn(request)
  return runButtonAction(queries, redirectPath(form, paths.profile(handle)), () =>
    (field(form, 'on') === 'false' ? unblock : block)({ api, queries }, handle),
  )
}

/** Page that asks before blocking a user. */
export const Component = () => (
  <UserConfirmation
    title={(name) => `Block ${name}?`}
    action={paths.block}
    button={
      <Button look="danger" name="on" value="true">
        Block
      </Button>
    }
  >
    <p>
      You won’t see each other anywhere, and can’t follow, reply to, like or message each other. If you follow each
      other, that ends. They won’t be told, and you can unblock them on their profile.
    </p>
  </UserConfirmation>
)
