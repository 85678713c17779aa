import { lazy, type ReactNode, Suspense } from 'react'
import { useHasScript } from './has-script.tsx'

/**
 * A component that no page needs to be drawn or used at first: it is fetched once script has taken over, and done without
 * where it does not come (its file is gone after a deploy).
 */
export function lazyComponent<Props extends object>(load: () => Promise<(props: Props) => ReactNode>) {
  const Loaded = lazy<(props: Props) => ReactNode>(() =>
    load().then(
      (found) => ({ default: found }),
      () => ({ default: () => null }),
    ),
  )
  return (props: Props) => {
    // The boundary comes with what it waits for: one that stood before would hold up all that comes with script.
    if (!useHasScript()) return null
    return (
      <Suspense>
        <Loaded {...props} />
      </Suspense>
    )
  }
}
