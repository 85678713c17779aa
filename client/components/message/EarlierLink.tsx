import type { MouseEvent } from 'react'

type EarlierLinkProps = {
  /** Path of the page of earlier messages, without script or for a new tab. */
  to: string
  loading: boolean
  /** The last attempt to load them failed. */
  failed: boolean
  load: () => void
}

/** Link to earlier messages; with script it loads them above. */
export function EarlierLink({ to, loading, failed, load }: EarlierLinkProps) {
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
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
