import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useLocation, useNavigation } from 'react-router'

type Loaded = { default: (props: { pathname: string }) => ReactNode }

/** Renders nothing if the chunk fails to load, and in the Worker, which leaves it out: nothing is pending there. */
const load = async (): Promise<Loaded> =>
  typeof document === 'undefined'
    ? { default: () => null }
    : import('./Skeleton.tsx').then(
        ({ Skeleton }) => ({ default: Skeleton }),
        () => ({ default: () => null }),
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
