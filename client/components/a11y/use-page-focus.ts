import { useCallback, useEffect, useRef } from 'react'
import { useLocation, useNavigate, useNavigationType } from 'react-router'
import { type FocusPosition, focusPosition, isFocusLost, restoreFocus } from '../keyboard/focus-position.ts'

/**
 * Moves the focus with the page, as loading a document would: to the heading of a new page, and on Back to where it was.
 * A new title is said (`say`) unless the heading says it. What has the focus keeps it when only the view of a page changes.
 *
 * @returns a way to a path that leads the focus to the first element that fits `selector`
 */
export function usePageFocus(say: (text: string) => void) {
  const location = useLocation()
  const type = useNavigationType()
  const navigate = useNavigate()
  const from = useRef(location)
  const title = useRef(document.title)
  const aim = useRef<string>(undefined)
  const places = useRef(new Map<string, FocusPosition | null>())

  useEffect(() => {
    const remember = () => places.current.set(from.current.key, focusPosition())
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [])

  useEffect(() => {
    const { pathname, key } = from.current
    from.current = location
    if (key === location.key) return
    const place = type === 'POP' ? places.current.get(location.key) : null
    if (place) restoreFocus(place)
    else if (type !== 'POP' && (pathname !== location.pathname || isFocusLost())) focusPage(aim.current, location.hash)
    aim.current = undefined
    const heading = document.activeElement?.matches('h1') ? document.activeElement.textContent : null
    const isSaid = heading ? document.title.startsWith(heading) : document.title === title.current
    if (!isSaid) say(document.title)
    title.current = document.title
  }, [location, type, say])

  return useCallback(
    (path: string, selector?: string) => {
      aim.current = selector
      void navigate(path)
    },
    [navigate],
  )
}

/** Focuses what was aimed at, what the address names, the heading, or the page; scrolling is for the router to do. */
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
