import type { ReactNode } from 'react'
import type { Saved } from '../../routing/paths.ts'

type SectionProps = {
  /** What links and redirects lead to. */
  id: Saved | 'keyboard' | 'export' | 'sign-out' | 'delete'
  title: string
  lead?: string
  children: ReactNode
}

/** A part of the settings. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {lead && <p className="soft">{lead}</p>}
      {children}
    </section>
  )
}
