import type { RequestContext } from '../context.ts'
import { log } from './log.ts'
import { exportTrace } from './otlp.ts'

/** An answered request, without a context when it was answered before it had one. */
type Answered = {
  method: string
  status: number
  requestId: string
  ms: number
  route?: string
  context?: RequestContext | undefined
}

/**
 * Logs a request once it is answered, and sends its trace to the collector if there is one. Neither has a URL, a query string,
 * a text or a token: the route is a pattern, the viewer a uuid.
 */
export function logRequest({
  method,
  status,
  requestId: request_id,
  ms,
  route: known = 'unknown',
  context,
}: Answered): void {
  if (!context) {
    log({ event: 'request', request_id, method, route: known, status, ms })
    return
  }
  const { db, env, route = known, trace } = context
  const viewer_uuid = db.viewerUuid
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
