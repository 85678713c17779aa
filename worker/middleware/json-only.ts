import { createMiddleware } from 'hono/factory'
import { AppError } from '../contract/app-error.ts'
import type { HonoEnv } from '../hono-env.ts'

/** A body is JSON, or it is refused (415): a form of another site can send the other types without a preflight. */
export const jsonOnly = createMiddleware<HonoEnv>(async function jsonOnly(c, next) {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (c.req.raw.body !== null && type !== 'application/json') throw new AppError('content_type_unsupported')
  await next()
})
