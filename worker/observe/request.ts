import type { RequestContext } from '../context.ts'
import { log } from './log.ts'
import { nameRequest } from './span.ts'

/** An answered request. `context` is undefined if it was answered from the isolate's cache, or before the context was opened. */
type Answered = {
  method: string
  status: number
  requestId: string
  ms: number
  route?: string
  context?: RequestContext | undefined
}

/**
 * Logs an answered request and names its trace. Neither holds a URL, query string, user's text or token: the route is a
 * pattern, the viewer a uuid.
 */
export function logRequest({ method, status, requestId: request_id, ms, context, ...known }: Answered): void {
  const route = context?.route ?? known.route ?? 'unknown'
  const viewer_uuid = context?.db.viewerUuid
  const attributes = {
    'http.route': route,
    'cruddur.request_id': request_id,
    'cruddur.db_trips': context?.db.trips ?? 0,
    'enduser.id': viewer_uuid,
  }
  const trace_id = nameRequest(`${method} ${route}`, attributes, status >= 500)
  const db_ms = context?.db.waitedMs ?? 0
  log({ event: 'request', request_id, trace_id, method, route, status, viewer_uuid, db_ms, ms })
}
