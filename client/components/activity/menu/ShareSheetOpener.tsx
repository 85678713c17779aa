import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isPlainClick } from '../../../routing/links.ts'
import { copyLink } from './copy-link.ts'

/** Opens the browser's share sheet on a click of a card's share link; without one, copies the URL. One listener for all cards. */
export function ShareSheetOpener() {
  const queries = useQueryClient()
  useEffect(() => {
    const share = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || !isPlainClick(event)) return
      const link = event.target.closest<HTMLAnchorElement>('a.action.share')
      if (!link) return
      event.preventDefault()
      // Rejects when the user closes the share sheet.
      if (navigator.share) void navigator.share({ url: link.href }).catch(() => {})
      else void copyLink(queries, link.pathname)
    }
    // `capture` runs before the router follows the link.
    document.addEventListener('click', share, { capture: true })
    return () => document.removeEventListener('click', share, { capture: true })
  }, [queries])
  return null
}
