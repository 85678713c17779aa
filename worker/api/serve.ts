import { except } from 'hono/combine'
import { cors } from 'hono/cors'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import type { RequestContext } from '../context.ts'
import { readThrough } from '../edge-cache/read-through.ts'
import { newApp } from '../hono-env.ts'
import { answerError } from './answer-error.ts'
import { api } from './app.ts'

const CORS_HEADERS = ['Access-Control-Allow-Origin', 'Access-Control-Expose-Headers']

/** The API as the network reaches it. Pages call it in process, and need nothing of this. */
const served = newApp()
  .use(
    cors({
      origin: (origin, c) => (c.env.env.allowedOrigins.includes(origin) ? origin : null),
      allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-None-Match'],
      exposeHeaders: ['ETag', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
      maxAge: 600,
    }),
  )
  // Scripts of other origins, too, read why.
  .use(async (c, next) => (c.env.refusal ? answerError(c.env.refusal, c) : await next()))
  // Weak: whatever compresses an answer on its way leaves a weak tag alone.
  // A download has none: its bytes go out before the last of them are known.
  .use(except('/api/profile/export', etag({ weak: true, retainedHeaders: [...RETAINED_304_HEADERS, ...CORS_HEADERS] })))
  .all('*', (c) => readThrough(asGet(c.req.raw), c.env, async (request) => api.fetch(request, c.env)))

/** HEAD is GET whose body Hono leaves out at the end: its tag is that of the body. */
const asGet = (request: Request) => (request.method === 'HEAD' ? new Request(request, { method: 'GET' }) : request)

/** Answers a request to /api; with its error if it is refused. */
export const serveApi = async (request: Request, context: RequestContext): Promise<Response> =>
  served.fetch(request, context)
