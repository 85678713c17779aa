import { type MouseEvent, type RefCallback, useCallback } from 'react'
import type { Pagination } from '../queries/cache/pagination.ts'
import { isPlainClick } from '../routing/links.ts'

/** The next page is loaded when the link is within 1,200 px below the window. */
const ROOT_MARGIN = '0px 0px 1200px'

type MoreLinkProps = {
  /** Path of the next page, for use without script. */
  to: string
  children: string
  /** Loads the next page into the list, with script: when the link comes near, or on a click. */
  pagination?: Pagination | undefined
}

/** Link to the next page of a list. Script turns it into infinite scroll. */
export function MoreLink({ to, children, pagination }: MoreLinkProps) {
  const watch = useLoadWhenNear(pagination)
  const onClick = (event: MouseEvent) => {
    if (!pagination || !isPlainClick(event)) return
    event.preventDefault()
    pagination.load()
  }
  const text = pagination?.failed ? 'Not loaded. Try again' : pagination?.loading ? 'Loading …' : children
  return (
    <>
      <a className="more-link" href={to} rel="next" ref={watch} onClick={onClick}>
        {text}
      </a>
      <span className="visually-hidden" role="status">
        {pagination?.failed && 'Not loaded.'}
      </span>
    </>
  )
}

/** Returns a ref that loads the next page when its element comes near the window; undefined after a failure. */
function useLoadWhenNear(pagination: Pagination | undefined): RefCallback<HTMLElement> | undefined {
  const { cursor, load, loading, failed } = pagination ?? {}
  const watch = useCallback(
    (element: HTMLElement | null) => {
      // A new observer per page (see the deps): one for a link that stays in range would not fire again.
      if (!element || !cursor) return
      // A busy page gets several entries at once; the last one is current.
      const onIntersect = (entries: IntersectionObserverEntry[]) => entries.at(-1)?.isIntersecting && load?.()
      const observer = new IntersectionObserver(onIntersect, { rootMargin: ROOT_MARGIN })
      observer.observe(element)
      return () => observer.disconnect()
    },
    [load, cursor],
  )
  return !loading && !failed ? watch : undefined
}
