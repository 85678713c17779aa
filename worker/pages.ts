import { type Rendered, render, routeOf } from '../client/entry.server.tsx'
import { api } from './api/app.ts'
import type { RequestContext } from './context.ts'
import { AppError } from './contract/app-error.ts'
import { AVATAR_MAX_BYTES, BODY_MAX_BYTES, FORM_MAX_BYTES } from './contract/limits.ts'
import { documentPolicy } from './middleware/security-headers.ts'
import { reportError } from './observe/report.ts'
import { span } from './observe/span.ts'
import { assetsOf, SHEET_HASH } from './page-assets.ts'

const METHODS = ['GET', 'HEAD', 'POST']

/** The one form that carries a file. */
const AVATAR_FORM = '/settings/avatar'

/** Answers every URL that is neither an asset nor the API's: with a page, or a redirect. */
export const servePage = (request: Request, context: RequestContext): Promise<Response> =>
  makePage(request, context, refuse(request))

/** Answers with the page of an error. */
export const errorPage = (request: Request, context: RequestContext, error: AppError): Promise<Response> =>
  makePage(request, context, error)

async function makePage(request: Request, context: RequestContext, refusal: AppError | undefined): Promise<Response> {
  // A hashed file that is not there any more (the tab is older than the last deploy) is no page.
  if (new URL(request.url).pathname.startsWith('/assets/')) return new Response('Not found\n', { status: 404 })
  context.isPage = true
  context.db.readClock()
  const nonce = crypto.randomUUID().replaceAll('-', '')
  const rendered = await renderAs(request, context, nonce, refusal)
  // The session turned out to have ended: this is the same page, for somebody signed out.
  const again = context.endedSession() && request.method !== 'POST' && rendered.status === 401
  const answer = again ? await renderAs(request, context, nonce, refusal) : rendered
  // The API that it asked has said its own meanwhile.
  context.route = (!answer.redirect && answer.route) || routeOf(new URL(request.url).pathname)
  return toResponse(answer, nonce, request, context)
}

async function renderAs(
  request: Request,
  context: RequestContext,
  nonce: string,
  refusal: AppError | undefined,
): Promise<Rendered> {
  // A session that cannot be told right now is a signed-out page, except where a page needs one.
  await context.session().catch(() => {})
  const input = {
    request,
    refusal,
    nonce,
    assetsOf,
    fetch: async (call: Request) => api.fetch(call, context),
    fetchOptional: async (call: Request) => api.fetch(call, { ...context, isOptionalPart: true }),
    // Who asks too often gets no trip to the database.
    signedIn: async () => refusal?.status !== 429 && (await context.session().catch(() => null))?.viewer != null,
    outage: async () => (await context.session().catch(() => null))?.outage ?? false,
    now: () => context.db.now ?? Date.now(),
    onError: (error: unknown) => reportError(new AppError('internal', { cause: error }), context),
  }
  return span('page', {}, () => render(input))
}

/** What pages alone refuse, before any of their code runs. */
function refuse(request: Request): AppError | undefined {
  if (!METHODS.includes(request.method)) return new AppError('method_not_allowed')
  if (request.method !== 'POST') return undefined
  const { pathname } = new URL(request.url)
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  const max = pathname === AVATAR_FORM ? BODY_MAX_BYTES + AVATAR_MAX_BYTES : FORM_MAX_BYTES
  if (!(length <= max)) return new AppError('body_too_large')
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  const isForm = type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data'
  return isForm ? undefined : new AppError('content_type_unsupported')
}

/** HTML is never stored by a browser: its Back button would show a burnt crud starting its countdown again. */
function toResponse(rendered: Rendered, nonce: string, request: Request, { limited }: RequestContext): Response {
  if (rendered.redirect) return rendered.redirect
  const headers = new Headers(rendered.headers)
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set('cache-control', 'no-store')
  headers.set('content-security-policy', documentPolicy(rendered.hydrated ? { nonce } : { sheetHash: SHEET_HASH }))
  if (rendered.status === 503) headers.set('retry-after', '5')
  if (limited?.retryAfter) headers.set('retry-after', String(limited.retryAfter))
  if (limited?.policy) headers.set('ratelimit-policy', limited.policy)
  if (rendered.status === 405) headers.set('allow', METHODS.join(', '))
  const body = request.method === 'HEAD' ? null : rendered.html
  return new Response(body, { status: rendered.status, headers })
}
