import { tracing } from 'cloudflare:workers'
import { serveApi } from './api/serve.ts'
import { hasSession } from './auth/session.ts'
import { createContext, type Execution, type RequestContext } from './context.ts'
import { AppError } from './contract/app-error.ts'
import { type Env, EnvError, parseEnv } from './env.ts'
import { everyMinute } from './jobs/every-minute.ts'
import { serveMedia } from './media.ts'
import { limitReads } from './middleware/rate-limits.ts'
import { assertSameOrigin } from './middleware/same-origin.ts'
import { setSecurityHeaders } from './middleware/security-headers.ts'
import { observeRequest } from './observe/request.ts'
import { setServerTiming } from './observe/server-timing.ts'
import { alsoTraceWith, withTrace } from './observe/trace.ts'
import { servePage } from './pages.ts'

alsoTraceWith(tracing)

/** Composition only: which part answers, and what every answer carries. */
export default {
  async fetch(request: Request, bindings: object, execution: Execution): Promise<Response> {
    const env = readEnv(bindings)
    if (env instanceof Response) return env
    const { pathname } = new URL(request.url)
    const context = createContext(request, env, execution)
    if (pathname.startsWith('/media/')) return secured(await serveMedia(request, context))
    const isApi = /^\/api(\/|$)/.test(pathname)
    const response = await withTrace(context.trace, async () => {
      const refusal = await refuse(request, context)
      return isApi ? serveApi(request, context, refusal) : servePage(request, context, refusal)
    })
    const answer = finish(request, context, response)
    observeRequest(request, answer.status, context)
    return answer
  },

  /** The cron's minute. */
  async scheduled(_event: unknown, bindings: object, execution: Execution): Promise<void> {
    execution.waitUntil(everyMinute(parseEnv(bindings)))
  },
}

/** A setting that is wrong makes every answer say so, in every environment, rather than fail deep inside later. */
function readEnv(bindings: object): Env | Response {
  try {
    return parseEnv(bindings)
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    console.error(`Bad settings: ${error.message}`)
    return new Response(`This server is not set up: ${error.message}.\n`, {
      status: 500,
      headers: { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' },
    })
  }
}

/** Why a request goes no further, whichever part would answer it. */
async function refuse(request: Request, context: RequestContext): Promise<AppError | undefined> {
  try {
    assertSameOrigin(request)
    await limitReads(request, context)
    return undefined
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.status === 429) context.limited = error
    return error
  }
}

function secured(response: Response): Response {
  const answer = new Response(response.body, response)
  setSecurityHeaders(answer.headers)
  return answer
}

function finish(request: Request, context: RequestContext, response: Response): Response {
  const answer = new Response(response.body, response)
  const { headers } = answer
  setSecurityHeaders(headers)
  setServerTiming(headers, context)
  headers.set('x-request-id', context.requestId)
  const { limited } = context
  if (limited?.retryAfter) headers.set('retry-after', String(limited.retryAfter))
  if (limited?.policy) headers.set('ratelimit-policy', limited.policy)
  for (const cookie of context.setCookies) headers.append('set-cookie', cookie)
  if (hasSession(request) || context.setCookies.length > 0) headers.set('cache-control', 'private, no-store')
  else if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  headers.append('vary', 'Cookie, Authorization')
  return answer
}
