import { lazy, type ReactNode, Suspense } from 'react'
import { useHasScript } from './has-script.tsx'

/**
 * Returns a component that is loaded after hydration. Renders nothing if its chunk fails to load, as after a deploy. Called as
 * `lazyComponent(import.meta.env.SSR || (async () => …))`: the Worker then leaves out the chunk, which it never renders.
 */
export function lazyComponent<Props extends object>(load: boolean | (() => Promise<(props: Props) => ReactNode>)) {
  if (typeof load === 'boolean') return (_: Props) => null
  const Loaded = lazy<(props: Props) => ReactNode>(() =>
    load().then(
      (component) => ({ default: component }),
      () => ({ default: () => null }),
    ),
  )
  return (props: Props) => {
    // No Suspense boundary before that: a suspended one would delay the transition of HasScriptProvider.
    if (!useHasScript()) return null
    return (
      <Suspense>
        <Loaded {...props} />
      </Suspense>
    )
  }
}
