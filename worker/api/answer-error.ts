import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { ErrorBody } from '../contract/error.ts'
import type { HonoEnv } from '../hono-env.ts'
import { reportError } from '../observe/report.ts'

/** Any failure as one of ours. Hono's own exceptions are about malformed JSON. */
function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof HTTPException && error.status === 400) return new AppError('json_malformed', { cause: error })
  return new AppError('internal', { cause: error })
}

/** Answers a failure of a route. */
export function answerError(error: unknown, c: Context<HonoEnv>): Response {
  // The middleware that names routes runs only after this.
  c.env.route = routePath(c)
  return errorResponse(error, c.env)
}

/** The one error body. A 5xx is reported in full and answered with nothing but its code. */
export function errorResponse(error: unknown, context: RequestContext): Response {
  const failure = toAppError(error)
  if (failure.status === 429) context.limited = failure
  // An optional part that failed was reported as one.
  const isReported = context.isOptionalPart && failure.has('database_unavailable')
  if (failure.status >= 500 && !isReported) reportError(failure, context)
  const headers = new Headers()
  if (failure.retryAfter !== undefined) headers.set('Retry-After', String(failure.retryAfter))
  if (failure.policy) headers.set('RateLimit-Policy', failure.policy)
  if (failure.status === 401) headers.set('WWW-Authenticate', 'Bearer')
  // The tokens still verify, so only we can tell the browser that they are worth nothing now.
  if (failure.has('session_ended')) context.endSession()
  const body: ErrorBody = { errors: failure.items, request_id: context.requestId }
  return Response.json(body, { status: failure.status, headers })
}
