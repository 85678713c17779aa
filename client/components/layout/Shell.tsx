import type { ReactNode } from 'react'
import { useNavigation } from 'react-router'
import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { Icon } from '../../ui/icon/Icon.tsx'
import { Wordmark } from '../../ui/icon/Wordmark.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Avatar } from '../avatar/Avatar.tsx'
import { useUnreadMessages } from '../message/use-unread-messages.ts'
import { Footer } from './nav/Footer.tsx'
import { MainNav } from './nav/MainNav.tsx'
import { type NavItem, navFor } from './nav/nav-items.ts'
import { SkipLink } from './nav/SkipLink.tsx'
import { useUnread } from './nav/use-unread.ts'
import { PendingPage } from './page/PendingPage.tsx'
import { Sidebar } from './Sidebar.tsx'

type ShellProps = {
  viewer: User | null
  /** Which place of the navigation this page is, if it is one. */
  current?: NavItem['key'] | undefined
  /** The page itself; it brings its own h1. */
  children: ReactNode
  /** What stands beside the page from 1180 px on, in place of the sidebar; null for nothing. */
  aside?: ReactNode
}

/** The frame of every page but the doors: top, navigation, page, sidebar, foot. */
export function Shell({ viewer, current, children, aside = <Sidebar viewer={viewer} /> }: ShellProps) {
  const items = navFor(viewer, { notifications: useUnread(viewer), messages: useUnreadMessages(viewer) })
  return (
    <>
      <SkipLink />
      <ProgressBar active={useNavigation().state !== 'idle'} />
      <div className="page">
        <header className="top">
          <Wordmark />
          {viewer ? (
            <PageLink to={paths.profile(viewer.handle)} aria-label="Your profile">
              <Avatar user={viewer} size="small" />
            </PageLink>
          ) : (
            <>
              <PageLink className="look" to={paths.search()} aria-label="Search">
                <Icon name="search" />
              </PageLink>
              <div className="buttons">
                <ButtonLink look="quiet" small to={paths.signIn()}>
                  Sign in
                </ButtonLink>
                <ButtonLink small to={paths.signUp()}>
                  Join
                </ButtonLink>
              </div>
            </>
          )}
        </header>
        <MainNav shape="rail" items={items} current={current} />
        <main id="main" tabIndex={-1}>
          {children}
          <PendingPage />
        </main>
        {/* What passes by must not stand under a search result. */}
        <div className="far" data-nosnippet>
          {aside && (
            <aside className="sidebar" aria-label="Beside the page">
              {aside}
            </aside>
          )}
          <Footer signedIn={viewer !== null} />
        </div>
      </div>
      {viewer && <MainNav shape="bar" items={barOf(items)} current={current} />}
    </>
  )
}

/** The bottom bar has the pill in its middle, under the thumb of either hand. */
function barOf(items: readonly NavItem[]): NavItem[] {
  const places = items.filter(({ go, railOnly }) => !go && !railOnly)
  const middle = Math.ceil(places.length / 2)
  return [...places.slice(0, middle), ...items.filter(({ go }) => go), ...places.slice(middle)]
}
