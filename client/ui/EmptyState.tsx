import type { ReactNode } from 'react'
import { Mark } from './icon/Mark.tsx'

type EmptyStateProps = {
  /** A heading, where the page or list needs one. */
  title?: string
  /** `h1` when it is what the page is about: not found, burnt out. */
  level?: 'h1' | 'h2'
  /** A way on: links or buttons. */
  actions?: ReactNode
  children: ReactNode
}

/** In place of a list or page with nothing in it: one plain sentence and a way on. */
export function EmptyState({ title, level: Heading = 'h2', actions, children }: EmptyStateProps) {
  return (
    <div className="empty">
      <Mark />
      {title && <Heading>{title}</Heading>}
      <p>{children}</p>
      {actions && <div className="buttons">{actions}</div>}
    </div>
  )
}
