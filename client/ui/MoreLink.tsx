import { type MouseEvent, type RefCallback, useCallback } from 'react'
import type { Pagination } from '../queries/pagination.ts'
import { PageLink } from './PageLink.tsx'

/** So far below the window the next page is read ahead, as IntersectionObserver writes it. */
const AHEAD = '0px 0px 1200px'

type MoreLinkProps = {
  /** Address of the next page, for those without script. */
  to: string
  children: string
  /** With it, script reads the next page into the list, when the end of the list comes near or on a press. */
  further?: Pagination | undefined
}

/** The way on from the end of a list: a plain link, which script turns into endless scroll. */
export function MoreLink({ to, children, further }: MoreLinkProps) {
  const watch = useNearing(further)
  const press = (event: MouseEvent) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey
    if (!further || !plain) return
    event.preventDefault()
    further.load()
  }
  const words = further?.failed ? 'Not loaded. Try again' : further?.loading ? 'Loading …' : children
  return (
    <>
      <PageLink className="more" to={to} rel="next" ref={watch} onClick={press}>
        {words}
      </PageLink>
      <span className="hidden" role="status">
        {further?.failed && 'Not loaded.'}
      </span>
    </>
  )
}

/** Reads on when the element comes near the window; after a failure only on a press. */
function useNearing(further: Pagination | undefined): RefCallback<HTMLElement> | undefined {
  const { cursor, load, loading, failed } = further ?? {}
  const watch = useCallback(
    (element: HTMLElement | null) => {
      // Anew for each page: of what is near all the while the browser tells once.
      if (!element || !cursor) return
      // A busy page is told of several changes together: the last one holds.
      const look = (entries: IntersectionObserverEntry[]) => entries.at(-1)?.isIntersecting && load?.()
      const observer = new IntersectionObserver(look, { rootMargin: AHEAD })
      observer.observe(element)
      return () => observer.disconnect()
    },
    [load, cursor],
  )
  return !loading && !failed ? watch : undefined
}
