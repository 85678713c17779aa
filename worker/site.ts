import { requestId } from 'hono/request-id'
import { timing } from 'hono/timing'
import { api } from './api/api.ts'
import { allowOrigins } from './api/cors.ts'
import { requireGoodToken } from './auth/require.ts'
import { newSite } from './hono-env.ts'
import { serveMedia } from './media.ts'
import { accessLog } from './middleware/access-log.ts'
import { apiEtag } from './middleware/api-etag.ts'
import { edgeCache } from './middleware/edge-cache.ts'
import { exceptUnder } from './middleware/except-under.ts'
import { httpsOnly } from './middleware/https-only.ts'
import { openContext } from './middleware/open-context.ts'
import { limitClientIp } from './middleware/rate-limits.ts'
import { sameOrigin } from './middleware/same-origin.ts'
import { securityHeaders } from './middleware/security-headers.ts'
import { isolateCache } from './middleware/serve-from-isolate-cache.ts'
import { sessionHeaders } from './middleware/session-headers.ts'
import { answerFailure } from './on-error.ts'
import { servePage } from './pages.ts'

const API = '/api/*'
const MEDIA = '/media/'

/** The site: handles all requests but those for static assets. */
export const site = newSite()
  .use(isolateCache)
  // Ignore the client's request id: two requests with one id would look like one in the log. accessLog sets the header.
  .use(requestId({ headerName: '' }))
  .use(timing({ totalDescription: '' }))
  .use(accessLog)
  .use(securityHeaders)
  .use(httpsOnly)
  .use(openContext)
  .use(exceptUnder(MEDIA, sessionHeaders))
  .use(API, allowOrigins)
  .use(API, apiEtag)
  .use(sameOrigin)
  .use(edgeCache)
  .use(limitClientIp)
  .use(exceptUnder(MEDIA, requireGoodToken))
  .all(`${MEDIA}*`, (c) => serveMedia(c.req.raw, c.var.context))
  .all(API, (c) => api.fetch(asGet(c.req.raw), c.var.context))
  .all('*', (c) => servePage(c.req.raw, c.var.context))

/** Handles HEAD as GET, so that the ETag is that of the body; Hono drops the body at the end. */
function asGet(request: Request): Request {
  return request.method === 'HEAD' ? new Request(request, { method: 'GET' }) : request
}

site.onError(answerFailure)
