import type { RequestContext } from '../context.ts'
import { log } from './log.ts'
import { exportTrace } from './otlp.ts'

/**
 * Tells of a request once it is answered: a line in the log, and its trace to the collector if there is one. Neither has an
 * address, a query string, a text or a token: the route is a pattern, the viewer a uuid.
 */
export function observeRequest({ method }: Request, status: number, context: RequestContext): void {
  const { db, env, requestId: request_id, route = 'unknown', startedAt, trace } = context
  const viewer_uuid = db.viewerUuid
  const ms = Date.now() - startedAt
  log({ event: 'request', request_id, trace_id: trace.id, method, route, status, viewer_uuid, db_ms: db.waited, ms })
  if (!env.otlp || !trace.sampled) return
  trace.root.name = `${method} ${route}`
  trace.root.failed = status >= 500
  trace.root.attributes = {
    'http.request.method': method,
    'http.route': route,
    'http.response.status_code': status,
    'cruddur.request_id': request_id,
    'cruddur.db_trips': db.trips,
    ...(viewer_uuid ? { 'enduser.id': viewer_uuid } : {}),
  }
  context.waitUntil(exportTrace(env.otlp, trace, env.version))
}
