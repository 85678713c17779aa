import type { MouseEvent } from 'react'
import { isPlainClick } from '../../routing/links.ts'

type EarlierLinkProps = {
  /** Path of the page with earlier messages, for use without script or in a new tab. */
  to: string
  loading: boolean
  /** The last attempt to load them failed. */
  failed: boolean
  load: () => void
}

/** Link to earlier messages; script loads them into the list instead. Unlike MoreLink, only on a click. */
export function EarlierLink({ to, loading, failed, load }: EarlierLinkProps) {
  const onClick = (event: MouseEvent) => {
    if (!isPlainClick(event)) return
    event.preventDefault()
    if (!loading) load()
  }
  return (
    <>
      <a className="more-link" href={to} rel="next" onClick={onClick} aria-busy={loading}>
        {failed ? 'Not loaded. Try again' : loading ? 'Loading' : 'Earlier messages'}
      </a>
      <span className="visually-hidden" role="status">
        {failed && 'Not loaded.'}
      </span>
    </>
  )
}
