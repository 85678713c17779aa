import { createMiddleware } from 'hono/factory'
import { clientIpOf } from '../client-ip.ts'
import { isLoopback } from '../env.ts'
import type { SiteEnv } from '../hono-env.ts'

/**
 * Redirects http: to https:. A browser that has never been here knows no HSTS yet, and would send a password in the clear.
 */
export const httpsOnly = createMiddleware<SiteEnv>(async function httpsOnly(c, next) {
  const location = httpsUrl(c.req.raw)
  if (location === undefined) return next()
  return new Response(null, { status: 308, headers: { location, 'cache-control': 'no-store' } })
})

/** Returns where an http: request belongs; undefined for https:, and on this machine, which has none. */
export function httpsUrl(request: Request): string | undefined {
  if (!request.url.startsWith('http:')) return undefined
  if (clientIpOf(request) === null || isLoopback(request.url)) return undefined
  const url = new URL(request.url)
  url.protocol = 'https:'
  return url.href
}
