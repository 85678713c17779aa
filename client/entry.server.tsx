import { QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import {
  createStaticHandler,
  createStaticRouter,
  matchRoutes,
  RouterContextProvider,
  type StaticHandlerContext,
  StaticRouterProvider,
} from 'react-router'
import { AppError } from '../worker/contract/app-error.ts'
import { asksToSaveData } from '../worker/contract/save-data.ts'
import { App } from './app.tsx'
import { SignedOutContext } from './app-context.tsx'
import { offersArrival } from './components/arrival/load-arrival.ts'
import { PlainImageFields } from './components/compose/images/PlainImageFields.tsx'
import { PlainImageFieldsContext } from './components/compose/images/plain-image-fields-context.ts'
import { Landing } from './components/layout/Landing.tsx'
import { SIGNED_OUT_ITEMS } from './components/layout/nav/signed-out-items.ts'
import { SharingTags } from './components/layout/page/SharingTags.tsx'
import { SignedOutHeader } from './components/layout/SignedOutHeader.tsx'
import { type Assets, Document } from './document.tsx'
import { type Api, ApiError, createApi } from './net/api.ts'
import { loadErrorPages } from './pages/error/error-pages.tsx'
import { sessionQuery } from './queries/users/session.ts'
import { routes } from './routes.tsx'
import { type LoaderContext, loaderContext } from './routing/loader-context.ts'
import { dehydrateQueries, serializeErrors, serializeState } from './routing/page-state.ts'
import { restoreBeforePaint } from './scroll/before-paint-script.ts'

type RenderInput = Pick<LoaderContext, 'isSignedIn' | 'isIdentityDown'> & {
  request: Request
  /** Error that replaces the page, such as a rate limit; no loader runs. */
  refusal: AppError | undefined
  nonce: string
  /** Returns the assets of a page. `route`: its route's id. `showsArrival`: it is home, and suggests users to a new user. */
  assetsOf: (route: string | undefined, showsArrival: boolean) => Assets
  /** Calls the API in process. */
  fetch: (request: Request) => Promise<Response>
  /** The same for optional parts of a page. */
  fetchOptional: (request: Request) => Promise<Response>
  /** Returns the database's time in ms, or the Worker's before anything was read. */
  now: () => number
  onError: (error: unknown) => void
}

/** A rendered page, or a redirect. */
export type Rendered =
  | { redirect: Response; status: number }
  | {
      redirect?: never
      html: string
      /** Path pattern of the page (see `routeOf`); undefined for a refused request. */
      route: string | undefined
      status: number
      hydrated: boolean
      /** Headers of the page's loaders, such as `sunset`. */
      headers: Headers
    }

const handler = createStaticHandler(routes)

/** Returns the path pattern of a page, such as `/:at_handle/status/:uuid`; `*` if none matches. */
export const routeOf = (pathname: string): string => matchRoutes(routes, pathname)?.at(-1)?.route.path ?? '*'

/** Runs the loaders of a URL, and its action for a form post, and renders the page to a string. */
export async function render(input: RenderInput): Promise<Rendered> {
  const { request, refusal, isSignedIn, isIdentityDown, onError } = input
  await loadErrorPages()
  const { origin } = new URL(request.url)
  const api = createApi(origin, input.fetch)
  const optionalApi = createApi(origin, input.fetchOptional)
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: Number.POSITIVE_INFINITY } } })
  const requestContext = new RouterContextProvider()
  requestContext.set(loaderContext, { api, optionalApi, queries, isSignedIn, isIdentityDown })

  const found = await handler.query(refusal ? new Request(new URL(UNMATCHED_PATH, request.url)) : request, {
    requestContext,
  })
  if (found instanceof Response) return { redirect: found, status: found.status }
  const context = refusal ? failed(found, toApiError(refusal)) : found
  // The root failed, so the form's page cannot be shown: the error page gets what was typed.
  if (context.errors?.root) context.actionData = { root: Object.values(context.actionData ?? {})[0] }
  reportUnexpected(context, onError)

  const renderer = { input, api, queries }
  try {
    return renderPage(renderer, context)
  } catch (error) {
    // Rendering threw: show the error page.
    onError(error)
    return renderPage(renderer, failed(context, toApiError(new AppError('internal'))))
  }
}

type Renderer = { input: RenderInput; api: Api; queries: QueryClient }

function renderPage({ input, api, queries }: Renderer, context: StaticHandlerContext): Rendered {
  const { origin } = new URL(input.request.url)
  const renderedAt = input.now()
  const { viewer, preferences } = queries.getQueryData(sessionQuery(api).queryKey) ?? {}
  const router = {
    loaderData: context.loaderData,
    actionData: context.actionData,
    errors: serializeErrors(context.errors),
  }
  const savesData = asksToSaveData(input.request)
  const state = viewer
    ? serializeState({ renderedAt, ...(savesData && { savesData }), queries: dehydrateQueries(queries), router })
    : null
  const found = context.matches.at(-1)?.route
  const assets = input.assetsOf(found?.id, offersArrival(api, queries))
  // Not a stream: all data is there, and a stream encodes each attribute separately, which doubles the CPU time
  // (docs/performance.md).
  const html = renderToString(
    <Document
      assets={assets}
      theme={preferences?.theme ?? 'system'}
      state={state}
      inlineScript={viewer ? restoreBeforePaint(viewer.uuid) : ''}
      nonce={input.nonce}
    >
      <SignedOutContext value={{ origin, SharingTags, Header: SignedOutHeader, navItems: SIGNED_OUT_ITEMS, Landing }}>
        <App api={api} queries={queries} renderedAt={renderedAt} savesData={savesData}>
          <PlainImageFieldsContext value={PlainImageFields}>
            <StaticRouterProvider
              router={createStaticRouter(matchedRoutes(context), context)}
              context={context}
              hydrate={false}
              nonce={input.nonce}
            />
          </PlainImageFieldsContext>
        </App>
      </SignedOutContext>
    </Document>,
  )
  return {
    html: `<!doctype html>${html}`,
    route: input.refusal ? undefined : found?.path,
    status: context.statusCode,
    hydrated: state !== null,
    headers: headersOf(context),
  }
}

/** Returns the routes of a page, without the others below them: the static router copies what it gets, for each request. */
const matchedRoutes = ({ matches }: StaticHandlerContext) =>
  matches.map(({ route: { children: _, ...route } }) => route)

/** Path that no page has: a refused request is rendered within the shell, but runs no page's code. */
const UNMATCHED_PATH = '/-/-/-'

const toApiError = ({ status, items }: AppError) => new ApiError(status, { errors: items, request_id: '' })

/** Returns the context with an error in place of the page. */
function failed(context: StaticHandlerContext, error: ApiError): StaticHandlerContext {
  const boundary = context.matches[1]?.route.id ?? 'root'
  return { ...context, errors: { [boundary]: error }, statusCode: error.status }
}

/** Reports the errors of our own code. Those of the API are expected, or the API has reported them. */
function reportUnexpected({ errors }: StaticHandlerContext, onError: (error: unknown) => void): void {
  for (const error of Object.values(errors ?? {})) {
    if (error instanceof Error && !(error instanceof ApiError)) onError(error)
  }
}

function headersOf({ loaderHeaders, errors }: StaticHandlerContext): Headers {
  const headers = new Headers()
  if (errors) return headers
  for (const ofLoader of Object.values(loaderHeaders)) {
    for (const [name, value] of ofLoader) headers.set(name, value)
  }
  return headers
}
