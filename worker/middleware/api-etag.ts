import { every } from 'hono/combine'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import { createMiddleware } from 'hono/factory'
import { weakEtag } from '../content-hash.ts'
import type { SiteEnv } from '../hono-env.ts'
import { exceptUnder } from './except-under.ts'

const CORS_HEADERS = ['Access-Control-Allow-Origin', 'Access-Control-Expose-Headers']

/**
 * Sets the ETag, unless the edge cache has set it. Not by Hono's etag: that clones the body into two streams, which costs
 * 0.1 ms per response (decision 43).
 */
const tagContent = createMiddleware<SiteEnv>(async function tagContent(c, next) {
  const { method } = c.req
  await next()
  if ((method !== 'GET' && method !== 'HEAD') || c.res.status !== 200 || c.res.headers.has('etag')) return
  const bytes = new Uint8Array(await c.res.arrayBuffer())
  c.res = new Response(bytes, c.res)
  c.res.headers.set('etag', weakEtag(bytes))
})

/** Sets ETags on the API's responses and answers 304. Not for the export, which is streamed. */
export const apiEtag = exceptUnder(
  '/api/profile/export',
  every(etag({ retainedHeaders: [...RETAINED_304_HEADERS, ...CORS_HEADERS] }), tagContent),
)
