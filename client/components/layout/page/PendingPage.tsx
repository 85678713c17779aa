import { lazy, Suspense, useEffect } from 'react'
import { useLocation, useNavigation } from 'react-router'

/** Nothing, where it cannot be read: a page can do without it. */
const load = () =>
  import('./Skeleton.tsx').then(
    ({ Skeleton }) => ({ default: Skeleton }),
    () => ({ default: () => null }),
  )
const Skeleton = lazy(load)

/**
 * In front of the page that is being left: the outline of the one to come, seen once that takes longer than 300 ms
 * (skeleton.css). What is left stays as it is below, with its scroll position and what was typed, in case it does not come.
 */
export function PendingPage() {
  const { location, formMethod } = useNavigation()
  const { pathname } = useLocation()
  // Read ahead: on a slow network it would come with the page.
  useEffect(() => void load(), [])
  // Within a page the frame of it stays; and who has sent a form waits for an answer, not for another page.
  if (!location || location.pathname === pathname || formMethod === 'POST') return null
  return (
    <div className="coming" aria-hidden="true">
      <div>
        <Suspense>
          <Skeleton pathname={location.pathname} />
        </Suspense>
      </div>
    </div>
  )
}
