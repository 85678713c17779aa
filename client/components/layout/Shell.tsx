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
  /** The navigation item that is highlighted. */
  current?: NavItem['key'] | undefined
  /** The page's content, with its h1. */
  children: ReactNode
  /** Replaces the sidebar, shown from 1180 px; null for none. */
  aside?: ReactNode
}

/** Layout of every page except the auth pages: header, navigation, content, sidebar, footer. */
export function Shell({ viewer, current, children, aside = <Sidebar viewer={viewer} /> }: ShellProps) {
  const items = navFor(viewer, { notifications: useUnread(viewer), messages: useUnreadMessages(viewer) })
  return (
    <>
      <SkipLink />
      <ProgressBar active={useNavigation().state !== 'idle'} />
      <div className="page">
        <header className="page-top">
          <Wordmark />
          {viewer ? (
            <PageLink to={paths.profile(viewer.handle)} aria-label="Your profile">
              <Avatar user={viewer} size="small" />
            </PageLink>
          ) : (
            <>
              <PageLink to={paths.search()} aria-label="Search">
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
        {/* data-nosnippet: the sidebar changes too often to appear in search results. */}
        <div className="side" data-nosnippet>
          {aside && (
            <aside className="sidebar" aria-label="Beside the page">
              {aside}
            </aside>
          )}
          <Footer signedIn={viewer !== null} />
        </div>
      </div>
      {viewer && <MainNav shape="bar" items={bottomBarItems(items)} current={current} />}
    </>
  )
}

/** Returns the items of the bottom bar, with the primary one in the middle, in reach of both thumbs. */
function bottomBarItems(items: readonly NavItem[]): NavItem[] {
  const others = items.filter(({ primary, railOnly }) => !primary && !railOnly)
  const middle = Math.ceil(others.length / 2)
  return [...others.slice(0, middle), ...items.filter(({ primary }) => primary), ...others.slice(middle)]
}
