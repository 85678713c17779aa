import { lazy, Suspense, useEffect } from 'react'
import { useLocation, useNavigation } from 'react-router'

const nothing = { default: () => null }

/** Renders nothing if the chunk fails to load. Not in the Worker's bundle (lazy-component.tsx). */
const load = async () =>
  typeof document === 'undefined'
    ? nothing
    : import('./Skeleton.tsx').then(
        ({ Skeleton }) => ({ default: Skeleton }),
        () => nothing,
      )
const Skeleton = lazy(load)

/**
 * The skeleton of the next page, over the current one; shown once loading takes longer than 300 ms (skeleton.css). The current
 * page stays mounted below, so that its scroll position and input survive if navigation fails.
 */
export function PendingPage() {
  const { location, formMethod } = useNavigation()
  const { pathname } = useLocation()
  // Prefetch: on a slow network the skeleton would otherwise arrive no earlier than the page.
  useEffect(() => void load(), [])
  // No skeleton for a change of search params or for a form's response.
  if (!location || location.pathname === pathname || formMethod === 'POST') return null
  return (
    <div className="pending-page" aria-hidden="true">
      <div>
        <Suspense>
          <Skeleton pathname={location.pathname} />
        </Suspense>
      </div>
    </div>
  )
}
