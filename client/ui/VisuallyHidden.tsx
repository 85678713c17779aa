import type { ReactNode } from 'react'

/** Text that is heard and not seen. */
export function VisuallyHidden({ as: Element = 'span', children }: { as?: 'span' | 'h1' | 'h2'; children: ReactNode }) {
  return <Element className="visually-hidden">{children}</Element>
}
