import type { ReactNode } from 'react'
import type { SettingsSection } from '../../routing/paths.ts'

type SectionProps = {
  /** Target of links and redirects (`#id`). */
  id: SettingsSection | 'keyboard' | 'export' | 'sign-out' | 'delete'
  title: string
  lead?: string
  children: ReactNode
}

/** A section of the settings page. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {lead && <p className="soft">{lead}</p>}
      {children}
    </section>
  )
}
