import { createMiddleware } from 'hono/factory'
import { AppError } from '../contract/app-error.ts'
import type { HonoEnv } from '../hono-env.ts'

/**
 * Answers 415 to a body that is not JSON: forms of other sites can send other types without a CORS preflight.
 * An empty body without a type passes, since proxies add one to DELETE.
 */
export const jsonOnly = createMiddleware<HonoEnv>(async function jsonOnly(c, next) {
  const type = c.req.header('content-type')
  const hasContent = type !== undefined || Number(c.req.header('content-length') ?? 0) > 0
  const isJson = type?.split(';')[0]?.trim().toLowerCase() === 'application/json'
  if (c.req.raw.body !== null && hasContent && !isJson) throw new AppError('content_type_unsupported')
  await next()
})
