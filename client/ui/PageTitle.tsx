import { Icon } from './Icon.tsx'
import { PageLink } from './PageLink.tsx'

/** The heading of a page, with a way back where there is one. */
export function PageTitle({ children, back }: { children: string; back?: string }) {
  return (
    <header className="title">
      {back && (
        <PageLink to={back} aria-label="Back">
          <Icon name="back" />
        </PageLink>
      )}
      <h1>{children}</h1>
    </header>
  )
}
