import { useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate } from 'react-router'
import type { User } from '../../../worker/contract/user.ts'
import { useApi } from '../../app-context.tsx'
import { createActivity } from '../../queries/activities/create-activity.ts'
import { paths } from '../../routing/paths.ts'
import { useClock } from '../../time/clock.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { PageHead } from '../layout/page/PageHead.tsx'
import { ComposeForm } from './ComposeForm.tsx'

type OrphanedDraftProps = {
  viewer: User
  /** The text with its warning and images, unless they are in this page's stored draft. */
  draft?: Record<string, string>
}

/** Form with the text of a reply whose parent has expired: it can be posted on its own. */
export function OrphanedDraft({ viewer, draft }: OrphanedDraftProps) {
  const api = useApi()
  const queries = useQueryClient()
  const clock = useClock()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  return (
    <>
      <PageHead title="Burnt out" />
      <PageTitle back={paths.home()}>It burnt out while you were writing</PageTitle>
      <p className="note">Your words are still here. Crud this on its own?</p>
      <ComposeForm
        key={pathname}
        viewer={viewer}
        action={paths.home()}
        // Not the draft of the home page, which may have another text.
        draftPath={pathname}
        failure={draft && { errors: [], values: draft }}
        mutation={createActivity({ api, queries }, { viewer, now: clock.now })}
        onAccepted={() => void navigate(paths.home())}
      />
    </>
  )
}
