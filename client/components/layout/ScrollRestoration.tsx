import { useLayoutEffect, useRef } from 'react'
import { useLocation, useNavigationType } from 'react-router'
import { keepsScroll, restoreScroll, scrollPositionOf } from '../../scroll/scroll-restoration.ts'

/** Puts the window where it belongs once a page is drawn: where it was on Back, else to what the address names, or the top. */
export function ScrollRestoration(): null {
  const location = useLocation()
  const type = useNavigationType()
  const isFirst = useRef(true)
  useLayoutEffect(() => {
    const view = type === 'POP' ? scrollPositionOf(location, isFirst.current) : undefined
    const isDocument = isFirst.current
    isFirst.current = false
    if (view) return restoreScroll(view)
    // The browser has put a document where it belongs.
    if (isDocument || keepsScroll()) return undefined
    const named = location.hash && document.getElementById(location.hash.slice(1))
    if (named) named.scrollIntoView()
    else window.scrollTo(0, 0)
    return undefined
  }, [location, type])
  return null
}
