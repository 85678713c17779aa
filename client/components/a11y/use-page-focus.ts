import { useCallback, useEffect, useRef } from 'react'
import { useLocation, useNavigate, useNavigationType } from 'react-router'
import { type FocusPosition, focusPosition, isFocusLost, restoreFocus } from '../keyboard/focus-position.ts'

/**
 * Moves the focus after a navigation, as loading a document would: to the heading of a new page, and on Back to where it was. A
 * change of search params alone leaves the focus. Announces the new title, unless screen readers read it with the focused heading.
 *
 * @returns a function that navigates to a path and then focuses the first element that matches `selector`
 */
export function usePageFocus(announce: (text: string) => void) {
  const location = useLocation()
  const type = useNavigationType()
  const navigate = useNavigate()
  const lastLocation = useRef(location)
  const lastTitle = useRef(document.title)
  const target = useRef<string>(undefined)
  const positions = useRef(new Map<string, FocusPosition | null>())

  useEffect(() => {
    const savePosition = () => positions.current.set(lastLocation.current.key, focusPosition())
    document.addEventListener('focusin', savePosition)
    return () => document.removeEventListener('focusin', savePosition)
  }, [])

  useEffect(() => {
    const { pathname, key } = lastLocation.current
    lastLocation.current = location
    if (key === location.key) return
    const position = type === 'POP' ? positions.current.get(location.key) : null
    if (position) restoreFocus(position)
    else if (type !== 'POP' && (pathname !== location.pathname || isFocusLost())) {
      focusPage(target.current, location.hash)
    }
    target.current = undefined
    const heading = document.activeElement?.matches('h1') ? document.activeElement.textContent : null
    const isAnnounced = heading ? document.title.startsWith(heading) : document.title === lastTitle.current
    announce(isAnnounced ? '' : document.title)
    lastTitle.current = document.title
  }, [location, type, announce])

  return useCallback(
    (path: string, selector?: string) => {
      target.current = selector
      void navigate(path)
    },
    [navigate],
  )
}

/** Focuses the element of `selector`, of the URL's hash, the heading or the page. Does not scroll: ScrollRestoration does. */
function focusPage(selector: string | undefined, hash: string): void {
  const main = document.getElementById('main')
  const target =
    (selector && document.querySelector<HTMLElement>(selector)) ||
    document.getElementById(hash.slice(1)) ||
    main?.querySelector('h1') ||
    main
  if (!target) return
  if (target.tabIndex < 0) target.tabIndex = -1
  target.focus({ preventScroll: true })
}
