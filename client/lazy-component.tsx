import { lazy, type ReactNode, Suspense } from 'react'
import { useHasScript } from './has-script.tsx'

/** In place of a browser's component at the edge, where it is never rendered: so its code is not in the Worker (wrangler.toml). */
export const notAtTheEdge = (): ReactNode => null

/**
 * Returns a component that is loaded after hydration. Renders nothing if its chunk fails to load, as after a deploy. Write `load` as
 * `async () => (import.meta.env.SSR ? notAtTheEdge : (await import(…)).Name)`.
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
