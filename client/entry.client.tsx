import './styles/index.css'
import { StrictMode, startTransition, useEffect } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { createBrowserRouter, type DataRouter, matchRoutes, RouterContextProvider, RouterProvider } from 'react-router'
import { App } from './app.tsx'
import type { RootData } from './app-context.tsx'
import { openDrafts } from './forms/drafts.ts'
import { type Api, createApi } from './net/api.ts'
import { browserFetch } from './net/browser-fetch.ts'
import { readyForErrors } from './pages/error/error-pages.tsx'
import { createQueryClient } from './queries/query-client.ts'
import { routes } from './routes.tsx'
import { guardAccountSwitch } from './routing/account-switch-guard.ts'
import { followLinks } from './routing/links.ts'
import { loaderContext } from './routing/loader-context.ts'
import { type PageState, readErrors, readQueries } from './routing/page-state.ts'
import { reloadOnStaleChunk } from './routing/stale-chunk-reload.ts'
import { saveScrollPositions } from './scroll/scroll-restoration.ts'

/** Takes over a page that the edge has rendered for somebody signed in. */
async function start(): Promise<void> {
  const state: PageState = JSON.parse(document.getElementById('state')?.textContent ?? 'null')
  const app = document.getElementById('app')
  if (!state || !app) return

  const api = createApi(location.origin, browserFetch)
  const queries = createQueryClient()
  readQueries(queries, state.queries)
  const { viewer } = (state.router.loaderData.root ?? {}) as Partial<RootData>
  if (viewer) {
    openDrafts(viewer.uuid)
    guardAccountSwitch(viewer.uuid)
  }
  const tell = teller(api)
  addEventListener('error', ({ error }) => tell(error))
  addEventListener('unhandledrejection', ({ reason }) => tell(reason))

  const { errors, actionData } = state.router
  const tellsOfErrors = errors || actionData || app.querySelector('[aria-invalid]')
  await Promise.all([loadMatched(), tellsOfErrors && readyForErrors()])
  const getContext = () => {
    const context = new RouterContextProvider()
    context.set(loaderContext, {
      api,
      optionalApi: api,
      queries,
      signedIn: async () => true,
      outage: async () => false,
    })
    return context
  }
  const pages = reloadOnStaleChunk(routes, () => router.state)
  const hydrationData = { ...state.router, errors: readErrors(errors) }
  const router: DataRouter = createBrowserRouter(pages, { hydrationData, getContext })
  if (viewer) saveScrollPositions(router, viewer.uuid)
  // Piece by piece: in one go it would keep a slow phone from answering its reader for as long as it takes.
  startTransition(() => {
    hydrateRoot(
      app,
      <StrictMode>
        <App api={api} queries={queries} renderedAt={state.renderedAt}>
          <Pages router={router} getContext={getContext} />
        </App>
      </StrictMode>,
      { onCaughtError: tell },
    )
  })
}

/** Tells the site what broke here. What it takes to do so is fetched then. */
const teller = (api: Api) => async (error: unknown) => {
  console.error(error)
  const { reportClientError: tellOf } = await import('./net/client-error.ts')
  const route = matchRoutes(routes, location)?.at(-1)?.route.path ?? '*'
  await tellOf(api, error, route)
}

type PagesProps = { router: DataRouter; getContext: () => RouterContextProvider }

/** The pages, and what begins once they are the app's: until then the browser follows the links. */
function Pages({ router, getContext }: PagesProps) {
  useEffect(() => {
    const running = new AbortController()
    followLinks(router, running.signal)
    void prepare(getContext, running.signal).catch(() => {})
    return () => running.abort()
  }, [router, getContext])
  return <RouterProvider router={router} />
}

/** Fetches what no page needs at first: later it may be too late, or the file gone with a deploy. */
async function prepare(getContext: PagesProps['getContext'], signal: AbortSignal): Promise<void> {
  const [{ prefetchLinks: fetchAhead }] = await Promise.all([
    import('./routing/prefetch.ts'),
    import('./routing/leave-app.ts'),
    readyForErrors(),
  ])
  if (!signal.aborted) fetchAhead(routes, getContext, signal)
}

/** The page's own module must be there before it can be hydrated. */
async function loadMatched(): Promise<void> {
  for (const { route } of matchRoutes(routes, location) ?? []) {
    if (typeof route.lazy !== 'function') continue
    Object.assign(route, { ...(await route.lazy()), lazy: undefined })
  }
}

void start()
