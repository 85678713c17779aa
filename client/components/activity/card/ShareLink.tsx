import { type MouseEvent, useEffect, useState } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import { useHasScript } from '../../../has-script.tsx'
import { isPlainClick } from '../../../routing/links.ts'
import { paths } from '../../../routing/paths.ts'
import { Icon } from '../../../ui/icon/Icon.tsx'
import { PageLink } from '../../../ui/PageLink.tsx'

/** How long "Copied" is shown, in ms. */
const COPIED_MS = 2_500

/** Link to an activity. With script it opens the share sheet, or else copies the URL. */
export function ShareLink({ activity }: { activity: Activity }) {
  const scripted = useHasScript()
  const [copied, setCopied] = useState(false)
  const path = paths.activity(activity)

  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), COPIED_MS)
    return () => clearTimeout(timer)
  }, [copied])

  const share = async (event: MouseEvent) => {
    if (!isPlainClick(event) || !(navigator.share || navigator.clipboard)) return
    event.preventDefault()
    const url = new URL(path, location.href).href
    try {
      if (navigator.share) await navigator.share({ url })
      else {
        await navigator.clipboard.writeText(url)
        setCopied(true)
      }
    } catch {
      // The viewer closed the share sheet, or the clipboard is blocked.
    }
  }

  return (
    <PageLink className="action share" to={path} onClick={share} aria-label={scripted ? 'Share' : 'Link to this crud'}>
      <Icon name="share" />
      <span role="status">{copied && 'Copied'}</span>
    </PageLink>
  )
}
