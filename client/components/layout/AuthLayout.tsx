import type { ReactNode } from 'react'
import { Wordmark } from '../../ui/icon/Wordmark.tsx'
import { Footer } from './nav/Footer.tsx'
import { SkipLink } from './nav/SkipLink.tsx'

type AuthLayoutProps = {
  title: string
  /** One sentence under the title. */
  lead?: ReactNode
  children: ReactNode
}

/** Layout of sign-in, sign-up and related pages: one narrow column below a fuse. */
export function AuthLayout({ title, lead, children }: AuthLayoutProps) {
  return (
    <div className="auth">
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
