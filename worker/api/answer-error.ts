import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
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

/** The one error body. A 5xx is reported in full and answered with nothing but its code. */
export function answerError(error: unknown, c: Context<HonoEnv>) {
  const failure = toAppError(error)
  const { requestId, endSession } = c.env
  // Whatever names the routes comes only after this.
  c.env.route = routePath(c)
  if (failure.status === 429) c.env.limited = failure
  if (failure.status >= 500) reportError(failure, c.env)
  if (failure.retryAfter !== undefined) c.header('Retry-After', String(failure.retryAfter))
  if (failure.status === 401) c.header('WWW-Authenticate', 'Bearer')
  // The tokens still verify, so only we can tell the browser that they are worth nothing now.
  if (failure.has('session_ended')) endSession()
  return c.json({ errors: failure.items, request_id: requestId } satisfies ErrorBody, failure.status)
}
