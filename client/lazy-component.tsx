import { lazy, type ReactNode, Suspense } from 'react'
import { useHasScript } from './has-script.tsx'

/**
 * Returns a component that is loaded after hydration. Renders nothing if its chunk fails to load, as after a deploy. `load` imports
 * nothing if `import.meta.env.SSR`, which is replaced at build time: so the Worker's bundle leaves the component out.
 */
export function lazyComponent<Props extends object>(load: () => Promise<(props: Props) => ReactNode>) {
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
