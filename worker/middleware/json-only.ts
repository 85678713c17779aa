import { createMiddleware } from 'hono/factory'
import { AppError } from '../contract/app-error.ts'
import type { HonoEnv } from '../hono-env.ts'

/**
 * A body is JSON, or it is refused (415): a form of another site can send the other types without a preflight.
 * An empty body of no type passes; proxies give a DELETE one.
 */
export const jsonOnly = createMiddleware<HonoEnv>(async function jsonOnly(c, next) {
  const type = c.req.header('content-type')
  const sent = type !== undefined || Number(c.req.header('content-length') ?? 0) > 0
  const isJson = type?.split(';')[0]?.trim().toLowerCase() === 'application/json'
  if (c.req.raw.body !== null && sent && !isJson) throw new AppError('content_type_unsupported')
  await next()
})
