import { type LoaderFunctionArgs, Outlet, redirect } from 'react-router'
import type { RootData } from '../app-context.tsx'
import { Offline } from '../components/layout/Offline.tsx'
import { ScrollRestoration } from '../components/layout/ScrollRestoration.tsx'
import { Toasts } from '../components/layout/Toasts.tsx'
import { lazyComponent } from '../lazy-component.tsx'
import { ApiError } from '../net/api.ts'
import { prefetchSidebar } from '../queries/prefetch-sidebar.ts'
import { sessionQuery } from '../queries/session.ts'
import { unreadMessagesQuery, unreadQuery } from '../queries/unread.ts'
import { loaderContextOf } from '../routing/loader-context.ts'
import { paths } from '../routing/paths.ts'

/** Pages that a person without a handle may see: where they choose one, and the way out. */
const WITHOUT_HANDLE = [paths.welcome(), paths.signOut(), paths.about(), paths.terms(), paths.privacy()]

/** Pages whose sidebar is worth waiting for when nobody is signed in: home, a person's, search, tags. */
const WITH_SIDEBAR = /^\/(?:$|@|tags\/|search$)/

/**
 * Whether a browser says that it is a phone's: it shows no sidebar, and where it is wide enough for one, or turned, its script
 * reads that. Only Chromium says it: https://wicg.github.io/ua-client-hints/#sec-ch-ua-mobile.
 */
const isPhone = ({ headers }: Request) => headers.get('sec-ch-ua-mobile') === '?1'

/**
 * Who reads, and what the frame shows: unread notifications and the sidebar. It runs for documents only, in one turn
 * with the page's own loader, so that all of it is one trip. Reading ahead never rejects: the frame must not fail a page.
 */
export async function rootLoader({ request, context }: LoaderFunctionArgs): Promise<RootData> {
  const { api, optionalApi, queries, signedIn } = loaderContextOf(context)
  const { pathname } = new URL(request.url)
  const isIn = await signedIn()
  const mayLackHandle = WITHOUT_HANDLE.includes(pathname)
  const frame = [
    (isIn ? !mayLackHandle && !isPhone(request) : WITH_SIDEBAR.test(pathname)) &&
      prefetchSidebar(optionalApi, queries, isIn),
    isIn && !mayLackHandle && queries.prefetchQuery(unreadQuery(optionalApi)),
    isIn && !mayLackHandle && queries.prefetchQuery(unreadMessagesQuery(optionalApi)),
  ]
  if (!isIn) {
    await Promise.all(frame)
    return { viewer: null }
  }
  try {
    const [session] = await Promise.all([queries.ensureQueryData(sessionQuery(api)), ...frame])
    const { viewer, preferences } = session
    if (!session.handle_required || mayLackHandle) return { viewer, preferences }
  } catch (error) {
    // What was read in the same trip needs a person with a handle, and failed for all.
    if (!(error instanceof ApiError) || error.data.errors[0]?.code !== 'handle_required') throw error
  }
  // A person whose handle was taken goes to choose another before anything else.
  throw redirect(paths.welcome())
}

const Assist = lazyComponent(async () => (await import('../components/a11y/Assist.tsx')).Assist)

export function Root() {
  return (
    <>
      <Outlet />
      <Offline />
      <Toasts />
      <Assist />
      <ScrollRestoration />
    </>
  )
}
