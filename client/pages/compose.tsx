import { type LoaderFunctionArgs, useActionData, useLoaderData } from 'react-router'
import { useViewer } from '../app-context.tsx'
import { ComposeForm } from '../components/compose/ComposeForm.tsx'
import { PageHead } from '../components/layout/page/PageHead.tsx'
import { Shell } from '../components/layout/Shell.tsx'
import { failureIn } from '../forms/form.ts'
import { requireSignedIn } from '../routing/guards.ts'
import { paths } from '../routing/paths.ts'
import { referringPage } from '../routing/referring-page.ts'
import { PageTitle } from '../ui/PageTitle.tsx'
import { action as createTopLevelActivity } from './home.tsx'

/** Creates a top-level activity. */
export const action = createTopLevelActivity

export async function loader(args: LoaderFunctionArgs) {
  await requireSignedIn(args)
  return { back: await referringPage(args) }
}

/** Page with the compose form alone: what the Crud link opens without script. */
export function Component() {
  const viewer = useViewer()
  const { back } = useLoaderData<typeof loader>()
  const failure = failureIn(useActionData())
  if (!viewer) return null
  return (
    <Shell viewer={viewer}>
      <PageHead />
      <PageTitle back={back ?? paths.home()} historyBack={back !== null} isHome={back === null}>
        New crud
      </PageTitle>
      <ComposeForm viewer={viewer} action={paths.compose()} failure={failure} />
    </Shell>
  )
}
