import { type ReactNode, useContext } from 'react'
import { useNavigation } from 'react-router'
import type { User } from '../../../worker/contract/user.ts'
import { SignedOutContext } from '../../app-context.tsx'
import { Wordmark } from '../../ui/icon/Wordmark.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Avatar } from '../avatar/Avatar.tsx'
import { useUnreadMessages } from '../message/use-unread-messages.ts'
import { Footer } from './nav/Footer.tsx'
import { MainNav } from './nav/MainNav.tsx'
import { type NavItem, navItems } from './nav/nav-items.ts'
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
  const SignedOut = useContext(SignedOutContext)
  const counts = { ...useUnread(viewer), messages: useUnreadMessages(viewer) }
  const items = viewer ? navItems(viewer, counts) : (SignedOut?.navItems ?? [])
  return (
    <>
      <SkipLink />
      <ProgressBar active={useNavigation().state !== 'idle'} />
      <div className="page">
        <header className="page-top">
          <Wordmark />
          {viewer ? (
            <>
              <button type="button" popoverTarget="popup" aria-label="Menu">
                <Avatar user={viewer} size="small" />
              </button>
              <MainNav shape="popup" items={items.filter(({ inMenu }) => inMenu)} current={current} />
            </>
          ) : (
            SignedOut && <SignedOut.Header />
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
            <aside className="sidebar" aria-label="Sidebar">
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
  const others = items.filter(({ primary, inMenu }) => !primary && !inMenu)
  const middle = Math.ceil(others.length / 2)
  return [...others.slice(0, middle), ...items.filter(({ primary }) => primary), ...others.slice(middle)]
}
