import { createMiddleware } from 'hono/factory'
import { drainBody } from '../drain-body.ts'
import type { SiteEnv } from '../hono-env.ts'
import { logRequest } from '../observe/request.ts'

/**
 * Writes a line for each request. Hono's logger writes URLs, which may hold search terms and emails.
 * X-Request-Id is set here and not by Hono's request-id, which loses it when a handler returns a Response of its own.
 */
export const accessLog = createMiddleware<SiteEnv>(async function accessLog(c, next) {
  const { raw } = c.req
  const startedAt = Date.now()
  await next()
  c.res.headers.set('x-request-id', c.var.requestId)
  await drainBody(raw)
  logRequest({
    method: raw.method,
    status: c.res.status,
    requestId: c.var.requestId,
    ms: Date.now() - startedAt,
    context: c.get('context'),
  })
})
