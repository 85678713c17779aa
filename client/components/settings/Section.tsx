import type { ReactNode } from 'react'
import { SECTION_TITLES, type SectionId } from './section-titles.ts'

type SectionProps = { id: SectionId; lead?: string; children: ReactNode }

/** A section of the settings page. */
export function Section({ id, lead, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{SECTION_TITLES[id]}</h2>
      {lead && <p className="soft">{lead}</p>}
      {children}
    </section>
  )
}
