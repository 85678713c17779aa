import { every } from 'hono/combine'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import { createMiddleware } from 'hono/factory'
import { weakEtag } from '../content-hash.ts'
import type { SiteEnv } from '../hono-env.ts'
import { outside } from './outside.ts'

const CORS_HEADERS = ['Access-Control-Allow-Origin', 'Access-Control-Expose-Headers']

/**
 * Tags an answer that the edge cache has not tagged. Hono's etag can, but clones the body into two streams for it, which costs
 * 0.1 ms an answer (decision 43).
 */
const tagContent = createMiddleware<SiteEnv>(async function tagContent(c, next) {
  const { method } = c.req
  await next()
  if ((method !== 'GET' && method !== 'HEAD') || c.res.status !== 200 || c.res.headers.has('etag')) return
  const bytes = new Uint8Array(await c.res.arrayBuffer())
  c.res = new Response(bytes, c.res)
  c.res.headers.set('etag', weakEtag(bytes))
})

/** Tags the API's answers, and answers 304. A download has no tag: its bytes go out before the last of them are known. */
export const apiEtag = outside(
  '/api/profile/export',
  every(etag({ retainedHeaders: [...RETAINED_304_HEADERS, ...CORS_HEADERS] }), tagContent),
)
