import { useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate } from 'react-router'
import type { User } from '../../../worker/contract/user.ts'
import { useApi } from '../../app-context.tsx'
import { createActivity } from '../../queries/create-activity.ts'
import { paths } from '../../routing/paths.ts'
import { useClock } from '../../time/clock.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { PageHead } from '../layout/page/PageHead.tsx'
import { ComposeForm } from './ComposeForm.tsx'
import { useRestoredDraft } from './use-draft.ts'

/** The words that were meant for a crud which has ended meanwhile: they can be said on their own. */
export function OrphanedDraft({ viewer, message }: { viewer: User; message: string }) {
  const api = useApi()
  const queries = useQueryClient()
  const clock = useClock()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const kept = useRestoredDraft(pathname)
  const send = async (form: FormData) => {
    await createActivity({ api, queries }, form, { viewer, now: clock.now() })
    await navigate(paths.home())
  }
  return (
    <>
      <PageHead title="Burnt out" />
      <PageTitle back={paths.home()}>It burnt out while you wrote</PageTitle>
      <p className="note">Your words are still here. Crud this on its own?</p>
      <ComposeForm
        key={pathname}
        viewer={viewer}
        action={paths.home()}
        // Not a draft of the home page: that may have another.
        place={pathname}
        // What was typed while they were on their way is kept with them.
        failure={{ errors: [], values: { message: kept?.includes(message) ? kept : message } }}
        send={send}
      />
    </>
  )
}
