import { Icon } from './icon/Icon.tsx'
import { PageLink } from './PageLink.tsx'

type PageTitleProps = {
  children: string
  /** Path of the back link. */
  back?: string
  /** With script, the back link goes to the previous history entry, if that is a page of this site. */
  historyBack?: boolean
}

/** Heading of a page, with an optional back link. */
export function PageTitle({ children, back, historyBack }: PageTitleProps) {
  return (
    <header className="page-title">
      {back && (
        <PageLink to={back} aria-label="Back" data-history-back={historyBack}>
          <Icon name="back" />
        </PageLink>
      )}
      <h1>{children}</h1>
    </header>
  )
}
