import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { ErrorBody } from '../contract/error.ts'
import type { HonoEnv } from '../hono-env.ts'
import { reportError } from '../observe/report.ts'

/** Converts any thrown value to an AppError. Hono throws HTTPException 400 only for malformed JSON. */
function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof HTTPException && error.status === 400) return new AppError('json_malformed', { cause: error })
  return new AppError('internal', { cause: error })
}

/** Returns the response to an error that a route threw. */
export function answerError(error: unknown, c: Context<HonoEnv>): Response {
  // `nameRoute` in api.ts runs only after this handler, too late for the report below.
  c.env.route = routePath(c)
  return errorResponse(error, c.env)
}

/** Returns the response to an error. Reports a 5xx with its causes; the response shows its code only. */
export function errorResponse(error: unknown, context: RequestContext): Response {
  const failure = toAppError(error)
  if (failure.status === 429) context.rateLimitError = failure
  // `readOptional` has already reported the failure of an optional part.
  const isReported = context.isOptionalPart && failure.has('database_unavailable')
  if (failure.status >= 500 && !isReported) reportError(failure, context)
  const headers = new Headers()
  if (failure.retryAfter !== undefined) headers.set('Retry-After', String(failure.retryAfter))
  if (failure.policy) headers.set('RateLimit-Policy', failure.policy)
  if (failure.status === 401) headers.set('WWW-Authenticate', 'Bearer')
  // The JWTs still verify until they expire, so clear the browser's cookies.
  if (failure.has('session_ended')) context.endSession()
  const body: ErrorBody = { errors: failure.items, request_id: context.requestId }
  return Response.json(body, { status: failure.status, headers })
}
