import { useLocation, useParams, useRouteError } from 'react-router'
import { useViewer } from '../../app-context.tsx'
import { OrphanedDraft } from '../../components/compose/OrphanedDraft.tsx'
import { RestoredDraft } from '../../components/compose/RestoredDraft.tsx'
import { useRestoredDraft } from '../../components/compose/use-draft.ts'
import { Shell } from '../../components/layout/Shell.tsx'
import { orphanedDraftIn } from '../../forms/drafts/orphaned-draft.ts'
import { SignedOutError } from '../../forms/form.ts'
import { ApiError } from '../../net/api.ts'
import { isProfileSegment } from '../../routing/paths.ts'
import { ErrorNotice } from './error-notice.tsx'
import { ExpiredNotice } from './expired-notice.tsx'

/** Shown within the shell when a page's loader, action or rendering failed. A draft that was being sent is shown again. */
export function PageError() {
  const error = useRouteError()
  const viewer = useViewer()
  const { at_handle = '' } = useParams()
  const isExpired = error instanceof ApiError && error.status === 410 && isProfileSegment(at_handle)
  const draft = useRestoredDraft(useLocation().pathname)
  const orphan = orphanedDraftIn(error)
  // The draft may have more: what was typed while the form was on its way.
  const text = orphan === null ? (isExpired ? draft : null) : draft?.includes(orphan.message) ? draft : orphan.message
  return (
    <Shell viewer={viewer}>
      {error instanceof SignedOutError ? (
        <RestoredDraft failure={error.failure} />
      ) : viewer && text !== null ? (
        <OrphanedDraft viewer={viewer} draft={{ ...orphan, message: text }} />
      ) : isExpired ? (
        <ExpiredNotice handle={at_handle.slice(1)} />
      ) : (
        <ErrorNotice error={error} />
      )}
    </Shell>
  )
}
