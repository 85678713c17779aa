import { createMiddleware } from 'hono/factory'
import { drainBody } from '../drain-body.ts'
import type { SiteEnv } from '../hono-env.ts'
import { logRequest } from '../observe/request.ts'

/**
 * Logs each request. Not Hono's logger: it logs URLs, which may hold search terms and emails.
 * Sets X-Request-Id, since Hono's request-id middleware loses it when a handler returns its own Response.
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
