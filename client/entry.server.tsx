import { dehydrate, QueryClient } from '@tanstack/react-query'
import { renderToReadableStream } from 'react-dom/server'
import {
  createStaticHandler,
  createStaticRouter,
  RouterContextProvider,
  type StaticHandlerContext,
  StaticRouterProvider,
} from 'react-router'
import type { AppError } from '../worker/contract/app-error.ts'
import { App } from './app.tsx'
import { type Assets, Document } from './document.tsx'
import { ApiError, createApi } from './lib/api.ts'
import { type Loading, loadingContext } from './lib/loading.ts'
import { writeErrors, writeState } from './lib/page-state.ts'
import { sessionQuery } from './queries/session.ts'
import { routes } from './routes.tsx'

type RenderInput = Pick<Loading, 'signedIn' | 'outage'> & {
  request: Request
  /** Why the request is refused before any page looks at it. */
  refusal: AppError | undefined
  nonce: string
  assets: Assets
  /** The API, in process. */
  fetch: (request: Request) => Promise<Response>
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
      status: number
      hydrated: boolean
      /** What the page's loaders say of it, such as when it ends. */
      headers: Headers
    }

const handler = createStaticHandler(routes)

/** Runs the loaders (and the action of a form) of an address and renders its page in one piece. */
export async function render(input: RenderInput): Promise<Rendered> {
  const { request, refusal, nonce, assets, signedIn, outage, onError } = input
  const api = createApi(new URL(request.url).origin, input.fetch)
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: Number.POSITIVE_INFINITY } } })
  const requestContext = new RouterContextProvider()
  requestContext.set(loadingContext, { api, queries, signedIn, outage })

  const asked = refusal ? new Request(request.url) : request
  const found = await handler.query(asked, { requestContext })
  if (found instanceof Response) return { redirect: found, status: found.status }
  const context = refusal ? refused(found, refusal) : found
  // Not even the form's own page can be shown: the page of the error gets what was typed.
  if (context.errors?.root) context.actionData = { root: Object.values(context.actionData ?? {})[0] }
  reportUnexpected(context, onError)

  const renderedAt = input.now()
  const viewer = queries.getQueryData(sessionQuery(api).queryKey)?.viewer
  const state = viewer
    ? writeState({
        renderedAt,
        queries: dehydrate(queries),
        router: {
          loaderData: context.loaderData,
          actionData: context.actionData,
          errors: writeErrors(context.errors),
        },
      })
    : null
  const stream = await renderToReadableStream(
    <Document assets={assets} state={state} nonce={nonce}>
      <App api={api} queries={queries} renderedAt={renderedAt}>
        <StaticRouterProvider
          router={createStaticRouter(handler.dataRoutes, context)}
          context={context}
          hydrate={false}
          nonce={nonce}
        />
      </App>
    </Document>,
    { onError },
  )
  await stream.allReady
  return {
    html: await new Response(stream).text(),
    status: context.statusCode,
    hydrated: state !== null,
    headers: headersOf(context),
  }
}

/** The page of a request that is not looked at, with the frame of the address that it was sent to. */
function refused(context: StaticHandlerContext, refusal: AppError): StaticHandlerContext {
  const error = new ApiError(refusal.status, { errors: refusal.items, request_id: '' })
  const boundary = context.matches[1]?.route.id ?? 'root'
  return { ...context, errors: { [boundary]: error }, statusCode: refusal.status }
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
