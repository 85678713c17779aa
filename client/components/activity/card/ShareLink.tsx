import { type MouseEvent, useEffect, useState } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import { useHasScript } from '../../../has-script.tsx'
import { paths } from '../../../routing/paths.ts'
import { Icon } from '../../../ui/icon/Icon.tsx'
import { PageLink } from '../../../ui/PageLink.tsx'

/** How long "Copied" stands, ms. */
const NOTE_LASTS = 2_500

/** The crud's address: a plain link, which script turns into the share sheet or a copy to the clipboard. */
export function ShareLink({ activity }: { activity: Activity }) {
  const scripted = useHasScript()
  const [copied, setCopied] = useState(false)
  const path = paths.activity(activity)

  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), NOTE_LASTS)
    return () => clearTimeout(timer)
  }, [copied])

  const share = async (event: MouseEvent) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey
    if (!plain || !(navigator.share || navigator.clipboard)) return
    event.preventDefault()
    const url = new URL(path, location.href).href
    try {
      if (navigator.share) await navigator.share({ url })
      else {
        await navigator.clipboard.writeText(url)
        setCopied(true)
      }
    } catch {
      // The reader closed the sheet, or the browser keeps its clipboard: nothing was done, nothing to say.
    }
  }

  return (
    <PageLink className="action share" to={path} onClick={share} aria-label={scripted ? 'Share' : 'Link to this crud'}>
      <Icon name="share" />
      <span role="status">{copied && 'Copied'}</span>
    </PageLink>
  )
}
