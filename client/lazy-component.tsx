import { lazy, type ReactNode, Suspense } from 'react'
import { useHasScript } from './has-script.tsx'

/**
 * Returns a component that is loaded after hydration. Renders nothing if its chunk fails to load, as after a deploy. Pass
 * `typeof document !== 'undefined' && load`: it is false in the Worker's bundle, which so does without the component.
 */
export function lazyComponent<Props extends object>(load: false | (() => Promise<(props: Props) => ReactNode>)) {
  if (!load) return () => null
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
