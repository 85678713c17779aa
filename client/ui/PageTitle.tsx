import { Icon } from './icon/Icon.tsx'
import { PageLink } from './PageLink.tsx'

type PageTitleProps = {
  children: string
  /** Where the way back leads. */
  back?: string
  /** With script it leads to the page that one came from, if that was ours. */
  retraces?: boolean
}

/** The heading of a page, with a way back where there is one. */
export function PageTitle({ children, back, retraces }: PageTitleProps) {
  return (
    <header className="title">
      {back && (
        <PageLink to={back} aria-label="Back" data-retraces={retraces}>
          <Icon name="back" />
        </PageLink>
      )}
      <h1>{children}</h1>
    </header>
  )
}
