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
import { App } from './app.tsx'
import { SignedOutContext } from './app-context.tsx'
import { Landing } from './components/layout/Landing.tsx'
import { SharingTags } from './components/layout/page/SharingTags.tsx'
import { type Assets, Document } from './document.tsx'
import { type Api, ApiError, createApi } from './net/api.ts'
import { readyForErrors } from './pages/error/error-pages.tsx'
import { sessionQuery } from './queries/session.ts'
import { routes } from './routes.tsx'
import { type LoaderContext, loaderContext } from './routing/loader-context.ts'
import { writeErrors, writeQueries, writeState } from './routing/page-state.ts'
import { restoreScrollInline } from './scroll/scroll-restore-inline.ts'

type RenderInput = Pick<LoaderContext, 'signedIn' | 'outage'> & {
  request: Request
  /** Why the request is refused before any page looks at it. */
  refusal: AppError | undefined
  nonce: string
  /** What a page links to, by the id of its route. */
  assetsOf: (route: string | undefined) => Assets
  /** The API, in process. */
  fetch: (request: Request) => Promise<Response>
  /** The same for parts that the page can do without: they fail alone. */
  fetchOptional: (request: Request) => Promise<Response>
  /** The database's clock, once something was read; ms. */
  now: () => number
  onError: (error: unknown) => void
}

/** A page, or where to go instead. */
export type Rendered =
  | { redirect: Response; status: number }
  | {
      redirect?: never
      html: string
      /** Of its address, when a page was found by it (see `routeOf`). */
      route: string | undefined
      status: number
      hydrated: boolean
      /** What the page's loaders say of it, such as when it ends. */
      headers: Headers
    }

const handler = createStaticHandler(routes)

/** The pattern of a page's address, such as /:at_handle/status/:uuid. */
export const routeOf = (pathname: string): string => matchRoutes(routes, pathname)?.at(-1)?.route.path ?? '*'

/** Runs the loaders (and the action of a form) of an address and renders its page in one piece. */
export async function render(input: RenderInput): Promise<Rendered> {
  const { request, refusal, signedIn, outage, onError } = input
  await readyForErrors()
  const { origin } = new URL(request.url)
  const api = createApi(origin, input.fetch)
  const optionalApi = createApi(origin, input.fetchOptional)
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: Number.POSITIVE_INFINITY } } })
  const requestContext = new RouterContextProvider()
  requestContext.set(loaderContext, { api, optionalApi, queries, signedIn, outage })

  const found = await handler.query(refusal ? new Request(new URL(NOWHERE, request.url)) : request, { requestContext })
  if (found instanceof Response) return { redirect: found, status: found.status }
  const context = refusal ? failed(found, toApiError(refusal)) : found
  // Not even the form's own page can be shown: the page of the error gets what was typed.
  if (context.errors?.root) context.actionData = { root: Object.values(context.actionData ?? {})[0] }
  reportUnexpected(context, onError)

  const tools = { input, api, queries }
  try {
    return write(tools, context)
  } catch (error) {
    // A page that cannot be rendered is an error page: the reader gets more than a blank.
    onError(error)
    return write(tools, failed(context, toApiError(new AppError('internal'))))
  }
}

type Tools = { input: RenderInput; api: Api; queries: QueryClient }

function write({ input, api, queries }: Tools, context: StaticHandlerContext): Rendered {
  const { origin } = new URL(input.request.url)
  const renderedAt = input.now()
  const { viewer, preferences } = queries.getQueryData(sessionQuery(api).queryKey) ?? {}
  const router = {
    loaderData: context.loaderData,
    actionData: context.actionData,
    errors: writeErrors(context.errors),
  }
  const state = viewer ? writeState({ renderedAt, queries: writeQueries(queries), router }) : null
  const found = context.matches.at(-1)?.route
  const assets = input.assetsOf(found?.id)
  // As a text and not as a stream: nothing is waited for here, and a stream encodes each attribute by itself, which costs
  // as much again as all the rest (docs/performance.md).
  const html = renderToString(
    <Document
      assets={assets}
      theme={preferences?.theme ?? 'system'}
      state={state}
      early={viewer ? restoreScrollInline(viewer.uuid) : ''}
      nonce={input.nonce}
    >
      <SignedOutContext value={{ origin, SharingTags, Invitation: Landing }}>
        <App api={api} queries={queries} renderedAt={renderedAt}>
          <StaticRouterProvider
            router={createStaticRouter(handler.dataRoutes, context)}
            context={context}
            hydrate={false}
            nonce={input.nonce}
          />
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

/** An address that no page has: what a refused request is answered with has the frame, and no page's code runs. */
const NOWHERE = '/-/-/-'

const toApiError = ({ status, items }: AppError) => new ApiError(status, { errors: items, request_id: '' })

/** The same address with an error in place of its page. */
function failed(context: StaticHandlerContext, error: ApiError): StaticHandlerContext {
  const boundary = context.matches[1]?.route.id ?? 'root'
  return { ...context, errors: { [boundary]: error }, statusCode: error.status }
}

/** Errors of the API are answers, and the API has reported its own; anything else is a fault of ours. */
function reportUnexpected({ errors }: StaticHandlerContext, onError: (error: unknown) => void): void {
  for (const error of Object.values(errors ?? {})) {
    if (error instanceof Error && !(error instanceof ApiError)) onError(error)
  }
}

function headersOf({ loaderHeaders, errors }: StaticHandlerContext): Headers {
  const headers = new Headers()
  if (errors) return headers
  for (const told of Object.values(loaderHeaders)) for (const [name, value] of told) headers.set(name, value)
  return headers
}
