import { useLayoutEffect, useRef } from 'react'
import { useLocation, useNavigationType } from 'react-router'
import { restoreScroll } from '../../scroll/restore-scroll.ts'
import { keepsScroll, scrollPositionOf } from '../../scroll/scroll-positions.ts'

/** Scrolls after a navigation: on Back to the saved position, else to the URL's hash, or to the top. Renders nothing. */
export function ScrollRestoration(): null {
  const location = useLocation()
  const type = useNavigationType()
  const isFirst = useRef(true)
  useLayoutEffect(() => {
    const isDocument = isFirst.current
    isFirst.current = false
    const position = type === 'POP' ? scrollPositionOf(location, isDocument) : undefined
    if (position) return restoreScroll(position)
    // The browser scrolls a newly loaded document itself.
    if (isDocument || keepsScroll()) return undefined
    const target = location.hash && document.getElementById(location.hash.slice(1))
    if (target) target.scrollIntoView()
    else window.scrollTo(0, 0)
    return undefined
  }, [location, type])
  return null
}
