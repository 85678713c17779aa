import type { DataRouter } from 'react-router'

/** Selector of links that the router can follow: pages of this site. */
const PAGE_LINK = 'a[href^="/"]:not([target],[download],[data-document])'

/** Returns the page link that contains an event's target. */
export const pageLinkOf = ({ target }: Event): HTMLAnchorElement | null =>
  target instanceof Element ? target.closest<HTMLAnchorElement>(PAGE_LINK) : null

/** Whether a click follows a link in this tab: the main button, without modifier keys. */
export const isPlainClick = (
  event: Pick<MouseEvent, 'button' | 'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey'>,
): boolean => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey

/** Makes the router follow all page links, which are plain `<a>`, by one listener: a page may have hundreds. */
export function followLinks(router: DataRouter, signal: AbortSignal): void {
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || !isPlainClick(event)) return
    const link = pageLinkOf(event)
    const to = link?.getAttribute('href')
    if (!to) return
    event.preventDefault()
    // `idx` is React Router's number of history entries of the app before this one.
    if (link?.dataset.historyBack && history.state?.idx > 0) return void router.navigate(-1)
    // A link to the current page, or to a hash on it, adds no history entry. One in the compose sheet takes the entry of the sheet.
    const { pathname, search } = router.state.location
    const replace = to.split('#')[0] === pathname + search || Boolean(link?.closest('.compose-sheet'))
    void router.navigate(to, { replace })
  }
  document.addEventListener('click', follow, { signal })
}
