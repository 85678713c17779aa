import './styles/index.css'
import type { QueryClient } from '@tanstack/react-query'
import { StrictMode, startTransition, useEffect } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { createBrowserRouter, type DataRouter, matchRoutes, RouterContextProvider, RouterProvider } from 'react-router'
import { App } from './app.tsx'
import type { RootData } from './app-context.tsx'
import { loadArrival } from './components/arrival/load-arrival.ts'
import { openDrafts } from './forms/drafts/drafts.ts'
import { type Api, createApi } from './net/api.ts'
import { browserFetch } from './net/browser-fetch.ts'
import { loadErrorPages } from './pages/error/error-pages.tsx'
import { createQueryClient } from './queries/cache/query-client.ts'
import { routes } from './routes.tsx'
import { guardAccountSwitch } from './routing/account-switch-guard.ts'
import { followLinks } from './routing/links.ts'
import { loaderContext } from './routing/loader-context.ts'
import { deserializeErrors, hydrateQueries, type PageState } from './routing/page-state.ts'
import { reloadOnStaleChunk } from './routing/stale-chunk-reload.ts'
import { saveScrollPositions } from './scroll/scroll-positions.ts'

/** Hydrates a page that the edge rendered for a signed-in user. */
async function start(): Promise<void> {
  // So that the browser can answer the user between loading the scripts, reading the state and creating the router.
  await nextTask()
  const state: PageState = JSON.parse(document.getElementById('state')?.textContent ?? 'null')
  const app = document.getElementById('app')
  if (!state || !app) return

  const api = createApi(location.origin, browserFetch)
  const queries = createQueryClient()
  hydrateQueries(queries, state.queries)
  const { viewer } = (state.router.loaderData.root ?? {}) as Partial<RootData>
  if (viewer) {
    openDrafts(viewer.uuid)
    guardAccountSwitch(viewer.uuid)
  }
  const report = createReporter(api)
  addEventListener('error', ({ error }) => report(error))
  addEventListener('unhandledrejection', ({ reason }) => report(reason))

  const { errors, actionData } = state.router
  const showsErrors = errors || actionData || app.querySelector('[aria-invalid]')
  const arrival = app.querySelector('.arrival')
  await Promise.all([
    loadMatchedPage(),
    showsErrors && loadErrorPages(),
    // If its code fails to load, home hydrates without it.
    arrival && loadArrival().catch(() => arrival.remove()),
    nextTask(),
  ])
  const getContext = () => {
    const context = new RouterContextProvider()
    context.set(loaderContext, {
      api,
      optionalApi: api,
      queries,
      isSignedIn: async () => true,
      isIdentityDown: async () => false,
    })
    return context
  }
  const routesWithReload = reloadOnStaleChunk(routes, () => router.state)
  const hydrationData = { ...state.router, errors: deserializeErrors(errors) }
  const router: DataRouter = createBrowserRouter(routesWithReload, { hydrationData, getContext })
  if (viewer) saveScrollPositions(router, viewer.uuid)
  // A transition hydrates in slices, so that a slow phone stays responsive.
  startTransition(() => {
    hydrateRoot(
      app,
      <StrictMode>
        <App api={api} queries={queries} renderedAt={state.renderedAt} savesData={state.savesData}>
          <AppRouter router={router} getContext={getContext} api={api} queries={queries} viewerUuid={viewer?.uuid} />
        </App>
      </StrictMode>,
      { onCaughtError: report },
    )
  })
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve))

/** Returns a function that reports an error to the site. It loads its code on the first error. */
const createReporter = (api: Api) => async (error: unknown) => {
  console.error(error)
  const { reportClientError } = await import('./net/client-error.ts')
  const route = matchRoutes(routes, location)?.at(-1)?.route.path ?? '*'
  await reportClientError(api, error, route)
}

type AppRouterProps = {
  router: DataRouter
  getContext: () => RouterContextProvider
  api: Api
  queries: QueryClient
  /** Undefined for a visitor without an account. */
  viewerUuid: string | undefined
}

/** The router. It follows links from its hydration on, before which the browser does, and then loads deferred code. */
function AppRouter({ router, getContext, api, queries, viewerUuid }: AppRouterProps) {
  useEffect(() => {
    const running = new AbortController()
    followLinks(router, running.signal)
    void loadDeferred(getContext, running.signal).catch(() => {})
    if (viewerUuid) void loadForViewer(api, queries, viewerUuid, running.signal)
    return () => running.abort()
  }, [router, getContext, api, queries, viewerUuid])
  return <RouterProvider router={router} />
}

/** Starts live updates and the service worker. If either fails, the page works: it polls, or there is no push. */
async function loadForViewer(api: Api, queries: QueryClient, viewerUuid: string, signal: AbortSignal): Promise<void> {
  // After the effects of the first screen, which are one task.
  await nextTask()
  try {
    const [{ startLive }, { startServiceWorker }] = await Promise.all([
      import('./live/live.ts'),
      import('./push/start-service-worker.ts'),
    ])
    startLive(queries, signal)
    await startServiceWorker(api, viewerUuid, signal)
  } catch {}
}

/** Loads code that no page needs at first. Not on demand: by then the browser may be offline, or a deploy has removed the chunks. */
async function loadDeferred(getContext: AppRouterProps['getContext'], signal: AbortSignal): Promise<void> {
  await nextTask()
  const [{ openCards }, { prefetchLinks }] = await Promise.all([
    import('./routing/open-card.ts'),
    import('./routing/prefetch.ts'),
    import('./routing/document-fallback.ts'),
    loadErrorPages(),
  ])
  if (signal.aborted) return
  openCards(signal)
  prefetchLinks(routes, getContext, signal)
}

/** Loads the module of the current page, which hydration needs synchronously. */
async function loadMatchedPage(): Promise<void> {
  for (const { route } of matchRoutes(routes, location) ?? []) {
    if (typeof route.lazy !== 'function') continue
    Object.assign(route, { ...(await route.lazy()), lazy: undefined })
  }
}

void start()
