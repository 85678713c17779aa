import { type Rendered, render, routeOf } from '../client/entry.server.tsx'
import { api } from './api/api.ts'
import type { RequestContext } from './context.ts'
import { AppError } from './contract/app-error.ts'
import {
  API_BODY_MAX_BYTES,
  AVATAR_MAX_BYTES,
  IMAGE_MAX_BYTES,
  IMAGES_MAX,
  PAGE_FORM_MAX_BYTES,
} from './contract/limits.ts'
import { PAGES } from './contract/pages.ts'
import { documentPolicy } from './middleware/security-headers.ts'
import { reportError } from './observe/report.ts'
import { span } from './observe/span.ts'
import { assetsOf, SHEET_HASH } from './page-assets.ts'

const METHODS = ['GET', 'HEAD', 'POST']
const MULTIPART = 'multipart/form-data'

/** The form with an avatar, and its size limit in bytes. */
const AVATAR_FORM = PAGES['settings-avatar'].path
const AVATAR_FORM_MAX = API_BODY_MAX_BYTES + AVATAR_MAX_BYTES

/** Route ids of the pages with a form that takes images, and its size limit in bytes. */
const IMAGE_FORM_MAX = PAGE_FORM_MAX_BYTES + IMAGES_MAX * IMAGE_MAX_BYTES
const IMAGE_FORMS = new Set(Object.values(PAGES).flatMap(({ path, takesImages }) => (takesImages ? [path] : [])))

/** Renders a page or redirect, for every URL that is neither an asset nor the API's. */
export const servePage = async (request: Request, context: RequestContext): Promise<Response> =>
  makePage(request, context, await refuse(request, context))

/** Renders the page of an error. */
export const errorPage = (request: Request, context: RequestContext, error: AppError): Promise<Response> =>
  makePage(request, context, error)

async function makePage(request: Request, context: RequestContext, refusal: AppError | undefined): Promise<Response> {
  // A chunk of an older deploy, requested by an old tab: not a page.
  if (new URL(request.url).pathname.startsWith('/assets/')) return new Response('Not found\n', { status: 404 })
  context.isPage = true
  context.db.readClock()
  const nonce = crypto.randomUUID().replaceAll('-', '')
  const rendered = await renderAs(request, context, nonce, refusal)
  // If the session turned out to have ended, render the page again as signed out.
  const hasEnded = context.endedSession() && request.method !== 'POST' && rendered.status === 401
  const answer = hasEnded ? await renderAs(request, context, nonce, refusal) : rendered
  // In-process API calls have set their own route on the context.
  context.route = (!answer.redirect && answer.route) || routeOf(new URL(request.url).pathname)
  return toResponse(answer, nonce, request, context)
}

async function renderAs(
  request: Request,
  context: RequestContext,
  nonce: string,
  refusal: AppError | undefined,
): Promise<Rendered> {
  // If the session cannot be resolved, render as signed out; protected pages then show the outage.
  await context.session().catch(() => {})
  const input = {
    request,
    refusal,
    nonce,
    assetsOf,
    fetch: async (call: Request) => api.fetch(call, context),
    fetchOptional: async (call: Request) => api.fetch(call, { ...context, isOptionalPart: true }),
    // A rate-limited client must not cost a database round trip.
    isSignedIn: async () => refusal?.status !== 429 && (await context.session().catch(() => null))?.viewer != null,
    isIdentityDown: async () => (await context.session().catch(() => null))?.isIdentityDown ?? false,
    now: () => context.db.now ?? Date.now(),
    onError: (error: unknown) => reportError(new AppError('internal', { cause: error }), context),
  }
  return span('page', {}, () => render(input))
}

/** Returns the error of a request that no page accepts, by its method, body size or content type; undefined if one may. */
async function refuse(request: Request, context: RequestContext): Promise<AppError | undefined> {
  if (!METHODS.includes(request.method)) return new AppError('method_not_allowed')
  if (request.method !== 'POST') return undefined
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!(length <= PAGE_FORM_MAX_BYTES)) {
    const { pathname } = new URL(request.url)
    const takesImages = type === MULTIPART && IMAGE_FORMS.has(routeOf(pathname))
    if (!(length <= (takesImages ? IMAGE_FORM_MAX : pathname === AVATAR_FORM ? AVATAR_FORM_MAX : 0)))
      return new AppError('body_too_large')
    // Read no images for signed-out clients: they cannot post.
    if (takesImages && !(await context.session().catch(() => null))?.viewer) return new AppError('session_ended')
  }
  const isForm = type === 'application/x-www-form-urlencoded' || type === MULTIPART
  return isForm ? undefined : new AppError('content_type_unsupported')
}

/** Returns the response of a page. Browsers must not store it: the Back button would restart an expired activity's countdown. */
function toResponse(rendered: Rendered, nonce: string, request: Request, { rateLimitError }: RequestContext): Response {
  if (rendered.redirect) return rendered.redirect
  const headers = new Headers(rendered.headers)
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set('cache-control', 'no-store')
  headers.set('vary', 'Save-Data')
  headers.set('content-security-policy', documentPolicy(rendered.hydrated ? { nonce } : { sheetHash: SHEET_HASH }))
  if (rendered.status === 503) headers.set('retry-after', '5')
  if (rateLimitError?.retryAfter) headers.set('retry-after', String(rateLimitError.retryAfter))
  if (rateLimitError?.policy) headers.set('ratelimit-policy', rateLimitError.policy)
  if (rendered.status === 405) headers.set('allow', METHODS.join(', '))
  const body = request.method === 'HEAD' ? null : rendered.html
  return new Response(body, { status: rendered.status, headers })
}
