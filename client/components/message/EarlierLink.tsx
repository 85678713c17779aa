import type { MouseEvent } from 'react'
import { PageLink } from '../../ui/PageLink.tsx'

type EarlierLinkProps = {
  /** The page of earlier messages, for whoever has no script or wants a tab of its own. */
  to: string
  loading: boolean
  /** The last try to read them has failed. */
  failed: boolean
  load: () => void
}

/** Leads to earlier messages; with script they come in above. */
export function EarlierLink({ to, loading, failed, load }: EarlierLinkProps) {
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    if (!loading) load()
  }
  return (
    <>
      <PageLink className="more-link" to={to} rel="next" onClick={onClick} aria-busy={loading}>
        {failed ? 'Not loaded. Try again' : loading ? 'Loading' : 'Earlier messages'}
      </PageLink>
      <span className="visually-hidden" role="status">
        {failed && 'Not loaded.'}
      </span>
    </>
  )
}
