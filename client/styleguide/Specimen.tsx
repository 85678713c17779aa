import type { ReactNode } from 'react'

/** A section of the styleguide. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="section">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

type SpecimenProps = {
  name: string
  /** Renders its content in the hover or focus state, see sheet.ts. */
  as?: 'hover' | 'focus'
  children: ReactNode
}

/** A component in one state, with a caption. */
export function Specimen({ name, as, children }: SpecimenProps) {
  return (
    <figure className={as ? `specimen is-${as}` : 'specimen'}>
      {children}
      <figcaption>{name}</figcaption>
    </figure>
  )
}

/** Specimens side by side. */
export const Row = ({ children }: { children: ReactNode }) => <div className="row">{children}</div>
