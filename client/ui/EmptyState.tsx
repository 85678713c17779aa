import type { ReactNode } from 'react'
import { Mark } from './icon/Mark.tsx'

type EmptyStateProps = {
  /** An optional heading. */
  title?: string
  /** `h1` if it is the page's main content, as on an error page. */
  level?: 'h1' | 'h2'
  /** Links or buttons. */
  actions?: ReactNode
  children: ReactNode
}

/** Shown instead of an empty list or page: one sentence, with links or buttons. */
export function EmptyState({ title, level: Heading = 'h2', actions, children }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <Mark />
      {title && <Heading>{title}</Heading>}
      <p>{children}</p>
      {actions && <div className="buttons">{actions}</div>}
    </div>
  )
}
