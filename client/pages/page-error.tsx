import { useLocation, useParams, useRouteError } from 'react-router'
import { KeptWords } from '../components/compose/KeptWords.tsx'
import { Orphan } from '../components/compose/Orphan.tsx'
import { useKeptWords } from '../components/compose/use-draft.ts'
import { Shell } from '../components/layout/Shell.tsx'
import { ApiError } from '../lib/api.ts'
import { useViewer } from '../lib/app-context.tsx'
import { SignedOutError } from '../lib/form.ts'
import { orphanIn } from '../lib/orphan.ts'
import { isProfileSegment } from '../lib/paths.ts'
import { ErrorNotice } from './error-notice.tsx'
import { GoneNotice } from './gone-notice.tsx'

/** What a page shows when its loader or its rendering failed: the frame stays. */
export function PageError() {
  const error = useRouteError()
  const viewer = useViewer()
  const { at_handle = '' } = useParams()
  const gone = error instanceof ApiError && error.status === 410 && isProfileSegment(at_handle)
  const kept = useKeptWords(useLocation().pathname)
  const words = orphanIn(error) ?? (gone ? kept : null)
  return (
    <Shell viewer={viewer}>
      {error instanceof SignedOutError ? (
        <KeptWords failure={error.failure} />
      ) : viewer && words !== null ? (
        <Orphan viewer={viewer} message={words} />
      ) : gone ? (
        <GoneNotice handle={at_handle.slice(1)} />
      ) : (
        <ErrorNotice error={error} />
      )}
    </Shell>
  )
}
