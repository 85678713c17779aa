import { icon } from './icon/icon.tsx'

type PageTitleProps = {
  children: string
  /** Path of the back link. */
  back?: string
  /** With script, the back link goes to the previous history entry, if that is a page of this site. */
  historyBack?: boolean
  /** `back` is the home page, where nobody came from: shows a house instead of an arrow. */
  isHome?: boolean
}

/** Heading of a page, with an optional back link. */
export function PageTitle({ children, back, historyBack, isHome }: PageTitleProps) {
  return (
    <header className="page-title">
      {back && (
        <a href={back} aria-label={isHome ? 'Home' : 'Back'} data-history-back={historyBack}>
          {icon(isHome ? 'home' : 'back')}
        </a>
      )}
      <h1>{children}</h1>
    </header>
  )
}
