import { createMiddleware } from 'hono/factory'
import { clientIpOf } from '../client-ip.ts'
import { isLoopback } from '../env.ts'
import type { SiteEnv } from '../hono-env.ts'

/**
 * Redirects http: to https:. Without it, a browser's first visit (before HSTS) could send a password unencrypted.
 */
export const httpsOnly = createMiddleware<SiteEnv>(async function httpsOnly(c, next) {
  const location = httpsUrl(c.req.raw)
  if (location === undefined) return next()
  return new Response(null, { status: 308, headers: { location, 'cache-control': 'no-store' } })
})

/** Returns the https: URL of an http: request; undefined for https:, and for requests from this machine. */
export function httpsUrl(request: Request): string | undefined {
  if (!request.url.startsWith('http:')) return undefined
  if (clientIpOf(request) === null || isLoopback(request.url)) return undefined
  const url = new URL(request.url)
  url.protocol = 'https:'
  return url.href
}
