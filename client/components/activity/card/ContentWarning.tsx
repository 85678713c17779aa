import type { ReactNode } from 'react'
import { usePreferences } from '../../../app-context.tsx'
import { icon } from '../../../ui/icon/icon.tsx'

type ContentWarningProps = {
  warning: string
  /** Id of the warning's text, for the card's `aria-describedby`. */
  id?: string | undefined
  children: ReactNode
}

/** Text and images behind a content warning: folded, unless the viewer has chosen to see all of them opened. */
export function ContentWarning({ warning, id, children }: ContentWarningProps) {
  return (
    <details className="warned" open={usePreferences()?.open_warnings}>
      <summary>
        {icon('alert')}
        <span id={id} dir="auto">
          <span className="visually-hidden">Content warning: </span>
          {warning}
        </span>
      </summary>
      {/* Search engines quote the warning only. */}
      <div data-nosnippet>{children}</div>
    </details>
  )
}
