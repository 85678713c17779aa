import type { ReactNode } from 'react'
import { Wordmark } from '../../ui/icon/Wordmark.tsx'
import { Footer } from './nav/Footer.tsx'
import { SkipLink } from './nav/SkipLink.tsx'

type DoorProps = {
  title: string
  /** One sentence under the title. */
  lead?: ReactNode
  children: ReactNode
}

/** The frame of sign-up, sign-in and their kin: one narrow column under a lit fuse. */
export function AuthLayout({ title, lead, children }: DoorProps) {
  return (
    <div className="door">
      <SkipLink />
      <header>
        <Wordmark />
      </header>
      <div className="fuse" aria-hidden="true">
        <span />
      </div>
      <main id="main" tabIndex={-1}>
        <div>
          <h1>{title}</h1>
          {lead && <p className="lead">{lead}</p>}
        </div>
        {children}
      </main>
      <Footer />
    </div>
  )
}
