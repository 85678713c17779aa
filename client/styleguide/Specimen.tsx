import type { ReactNode } from 'react'

/** A part of the styleguide. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="part">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

type SpecimenProps = {
  name: string
  /** Draws what is inside as if it were pointed at or had the focus, see sheet.ts. */
  as?: 'hover' | 'focus'
  children: ReactNode
}

/** One thing in one state, with the name of that under it. */
export function Specimen({ name, as, children }: SpecimenProps) {
  return (
    <figure className={as ? `specimen is-${as}` : 'specimen'}>
      {children}
      <figcaption>{name}</figcaption>
    </figure>
  )
}

export const Row = ({ children }: { children: ReactNode }) => <div className="row">{children}</div>
