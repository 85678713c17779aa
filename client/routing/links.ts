import type { DataRouter } from 'react-router'

/** A link to a page of this site, which the running app can show by itself. */
const PAGE_LINK = 'a[href^="/"]:not([target],[download],[data-document])'

/** The link to a page that an event happened in, if it did. */
export const pageLinkOf = ({ target }: Event): HTMLAnchorElement | null =>
  target instanceof Element ? target.closest<HTMLAnchorElement>(PAGE_LINK) : null

/**
 * Follows the links between pages within the app, from one listener: a link is a plain one until then, and a page of
 * hundreds carries no code for each.
 */
export function followLinks(router: DataRouter, signal: AbortSignal): void {
  const follow = (event: MouseEvent) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    // The components' own listeners came first; one of them may have done what the link says.
    if (event.defaultPrevented || !plain) return
    const link = pageLinkOf(event)
    const to = link?.getAttribute('href')
    if (!to) return
    event.preventDefault()
    // `idx` is the router's count of the app's pages before this one.
    if (link?.dataset.retraces && history.state?.idx > 0) return void router.navigate(-1)
    // Where one is already is not a second step back, nor is a place on the same page.
    const { pathname, search } = router.state.location
    void router.navigate(to, { replace: to.split('#')[0] === pathname + search })
  }
  document.addEventListener('click', follow, { signal })
}
