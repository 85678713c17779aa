import { type LoaderFunctionArgs, Outlet, redirect } from 'react-router'
import type { RootData } from '../app-context.tsx'
import { Offline } from '../components/layout/Offline.tsx'
import { ScrollRestoration } from '../components/layout/ScrollRestoration.tsx'
import { Toasts } from '../components/layout/Toasts.tsx'
import { lazyComponent } from '../lazy-component.tsx'
import { ApiError } from '../net/api.ts'
import { prefetchSidebar } from '../queries/activities/prefetch-sidebar.ts'
import { unreadMessagesQuery, unreadNotificationsQuery } from '../queries/notifications/unread-counts.ts'
import { sessionQuery } from '../queries/users/session.ts'
import { loaderContextOf } from '../routing/loader-context.ts'
import { paths } from '../routing/paths.ts'

/** Paths open to a user without a handle: choosing one, signing out, and the about pages. */
const WITHOUT_HANDLE = [paths.welcome(), paths.signOut(), paths.about(), paths.rules(), paths.terms(), paths.privacy()]

/** Signed-out pages that wait for their sidebar: home, profiles and activities, search, tags. */
const WITH_SIDEBAR = /^\/(?:$|@|tags\/|search$)/

/**
 * Whether the browser runs on a phone, which shows no sidebar; if the window is wide enough after all, script fetches it. Only
 * Chromium sends this header: https://wicg.github.io/ua-client-hints/#sec-ch-ua-mobile.
 */
const isPhone = ({ headers }: Request) => headers.get('sec-ch-ua-mobile') === '?1'

/**
 * Loads the viewer, and what the shell shows: unread counts and the sidebar. Runs for documents only. It starts in the same
 * turn of the event loop as the page's loader, so that all reads share one round trip to Postgres. Prefetches never reject:
 * the shell must not fail a page.
 */
export async function rootLoader({ request, context }: LoaderFunctionArgs): Promise<RootData> {
  const loading = loaderContextOf(context)
  const { api, optionalApi, queries } = loading
  const { pathname } = new URL(request.url)
  const isSignedIn = await loading.isSignedIn()
  const mayLackHandle = WITHOUT_HANDLE.includes(pathname)
  const shellReads = [
    (isSignedIn ? !mayLackHandle && !isPhone(request) : WITH_SIDEBAR.test(pathname)) &&
      prefetchSidebar(optionalApi, queries, isSignedIn),
    isSignedIn && !mayLackHandle && queries.prefetchQuery(unreadNotificationsQuery(optionalApi)),
    isSignedIn && !mayLackHandle && queries.prefetchQuery(unreadMessagesQuery(optionalApi)),
  ]
  if (!isSignedIn) {
    await Promise.all(shellReads)
    return { viewer: null }
  }
  try {
    const [session] = await Promise.all([queries.ensureQueryData(sessionQuery(api)), ...shellReads])
    const { viewer, preferences } = session
    if (!session.handle_required || mayLackHandle) return { viewer, preferences }
  } catch (error) {
    // One failed read fails the batch, and the page's own reads may require a handle.
    if (!(error instanceof ApiError) || error.data.errors[0]?.code !== 'handle_required') throw error
  }
  // The handle of this user was taken before they confirmed: they choose another first.
  throw redirect(paths.welcome())
}

const DeferredComponents = lazyComponent(
  typeof document !== 'undefined' &&
    (async () => (await import('../components/layout/DeferredComponents.tsx')).DeferredComponents),
)

/** The root of all pages: the page, and what stays mounted across pages. */
export function Root() {
  return (
    <>
      <Outlet />
      <Offline />
      <Toasts />
      <DeferredComponents />
      {/* Not in the Worker's bundle (lazy-component.tsx). */}
      {typeof document !== 'undefined' && <ScrollRestoration />}
    </>
  )
}
