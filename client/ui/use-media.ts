import { useCallback, useSyncExternalStore } from 'react'

/** Media query of windows that show the sidebar; the width is that of layout.css. */
export const WIDE = '(min-width: 1180px)'

/** Returns whether a media query matches; false on the server and during hydration. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const media = matchMedia(query)
      media.addEventListener('change', onChange)
      return () => media.removeEventListener('change', onChange)
    },
    [query],
  )
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => false,
  )
}
