import { tracing } from 'cloudflare:workers'
import { serveApi } from './api/serve.ts'
import { hasSession } from './auth/session-cookies.ts'
import { revokeEnded } from './auth/sign-out.ts'
import { createContext, type Execution, type RequestContext } from './context.ts'
import { AppError } from './contract/app-error.ts'
import { type Env, EnvError, parseEnv } from './env.ts'
import { isApi } from './is-api.ts'
import { runScheduled } from './jobs/scheduled.ts'
import { serveMedia } from './media.ts'
import { overHttps } from './middleware/over-https.ts'
import { limitAddress } from './middleware/rate-limits.ts'
import { assertSameOrigin, isSafe } from './middleware/same-origin.ts'
import { setSecurityHeaders } from './middleware/security-headers.ts'
import { reportError } from './observe/report.ts'
import { observeRequest } from './observe/request.ts'
import { setServerTiming } from './observe/server-timing.ts'
import { alsoTraceWith, withTrace } from './observe/trace.ts'
import { servePage } from './pages.ts'
import { readOut } from './read-out.ts'

alsoTraceWith(tracing)

/** Composition only: which part answers, and what every answer carries. */
export default {
  async fetch(request: Request, bindings: object, execution: Execution): Promise<Response> {
    const env = readEnv(bindings)
    if (env instanceof Response) return env
    const context = createContext(request, env, execution)
    const answer = await withTrace(context.trace, () => serve(request, context)).catch((error) => fail(error, context))
    await readOut(request)
    observeRequest(request, answer.status, context)
    return answer
  },

  /** Runs the cron's jobs. */
  async scheduled(_event: unknown, bindings: object, execution: Execution): Promise<void> {
    await runScheduled(parseEnv(bindings), execution)
  },
}

async function serve(request: Request, context: RequestContext): Promise<Response> {
  const { pathname } = new URL(request.url)
  const secure = overHttps(request, context)
  if (secure) return identified(secure, context)
  if (pathname.startsWith('/media/')) return identified(await serveMedia(request, context), context)
  context.refusal = await refusalOf(request, context)
  const response = await (isApi(pathname) ? serveApi(request, context) : servePage(request, context))
  return finish(request, context, response)
}

/** What no part could answer, an error page least of all: it is told like any other failure. */
function fail(error: unknown, context: RequestContext): Response {
  reportError(new AppError('internal', { cause: error }), context)
  const headers = { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' }
  return identified(
    new Response('Something went wrong here. Try again in a moment.\n', { status: 500, headers }),
    context,
  )
}

/** A setting that is wrong makes every answer say so, in every environment, rather than fail deep inside later. */
function readEnv(bindings: object): Env | Response {
  try {
    return parseEnv(bindings)
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    console.error(`Bad settings: ${error.message}`)
    const headers = new Headers({ 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' })
    setSecurityHeaders(headers)
    return new Response(`This server is not set up: ${error.message}.\n`, { status: 500, headers })
  }
}

/** Why a request goes no further, whichever part would answer it. */
async function refusalOf(request: Request, context: RequestContext): Promise<AppError | undefined> {
  try {
    assertSameOrigin(request)
    await limitAddress(request, context)
    // Before any route: a token that does not count must not sign anybody in either.
    if (context.hasAuthorization && !isSafe(request)) await context.session()
    return undefined
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.status === 429) context.limited = error
    return error
  }
}

/** What every answer carries. */
function identified(response: Response, context: RequestContext): Response {
  const answer = new Response(response.body, response)
  setSecurityHeaders(answer.headers)
  setServerTiming(answer.headers, context)
  answer.headers.set('x-request-id', context.requestId)
  return answer
}

/** What answers of pages and the API carry besides: they may be somebody's own. */
function finish(request: Request, context: RequestContext, response: Response): Response {
  const answer = identified(response, context)
  const { headers } = answer
  const { limited } = context
  if (limited?.retryAfter) headers.set('retry-after', String(limited.retryAfter))
  if (limited?.policy) headers.set('ratelimit-policy', limited.policy)
  // Cookies are a browser's: a client that sends a token gets none, whatever it asks for.
  if (!context.hasAuthorization) for (const cookie of context.setCookies) headers.append('set-cookie', cookie)
  if (context.endedSession()) context.waitUntil(revokeEnded(context).catch(() => {}))
  if (hasSession(request) || context.setCookies.length > 0) headers.set('cache-control', 'private, no-store')
  else if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  headers.append('vary', 'Cookie, Authorization')
  return answer
}
