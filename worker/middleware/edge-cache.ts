import { createMiddleware } from 'hono/factory'
import { hasSession } from '../auth/cookies/session-cookies.ts'
import { asksToSaveData } from '../contract/save-data.ts'
import { toCacheable } from '../edge-cache/canonical-url.ts'
import { readThrough } from '../edge-cache/read-through.ts'
import type { SiteEnv } from '../hono-env.ts'
import { isApi } from '../is-api.ts'

/**
 * Serves signed-out reads of cacheable routes from the edge cache; on a miss, from the rest of the app, with a request that has
 * only the canonical URL and Save-Data, so that nothing else can get into an entry.
 * Hono's cache middleware supports neither an expiry per response nor the sharing of concurrent requests.
 */
export const edgeCache = createMiddleware<SiteEnv>(async function edgeCache(c, next) {
  const { context } = c.var
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!isRead || context.settings.edgeCacheSeconds === 0 || hasSession(c.req.raw)) return next()
  const cacheable = toCacheable(new URL(c.req.url))
  if (!cacheable) return next()
  context.route = cacheable.route
  const { url } = cacheable
  const savesData = !isApi(url.pathname) && asksToSaveData(c.req.raw)
  const { response, entry } = await readThrough({ url, savesData }, context, async (request) => {
    c.req.raw = request
    await next()
    return c.res
  })
  if (entry) c.set('cached', { entry, route: cacheable.route, url: url.href })
  if (response === c.res) return
  // Setting c.res merges the headers that outer middleware set on it; drop the old cache-control first.
  c.res.headers.delete('cache-control')
  c.res = response
})
