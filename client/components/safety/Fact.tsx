import type { ReactNode } from 'react'

/** A name and its value in a list of facts (`dl.case-facts`). */
export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd dir="auto">{children}</dd>
  </div>
)
