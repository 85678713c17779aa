import type { RequestContext } from '../context.ts'
import { isLoopback } from '../env.ts'

/**
 * Where a request goes on that anybody on the way can listen to, or undefined: a browser that has never been here does not
 * know yet that it must ask by https, and would send a password. This machine has no https, and needs none.
 */
export function overHttps(request: Request, { clientIp }: Pick<RequestContext, 'clientIp'>): Response | undefined {
  const url = new URL(request.url)
  if (url.protocol !== 'http:' || clientIp === null || isLoopback(url.href)) return undefined
  url.protocol = 'https:'
  return new Response(null, { status: 308, headers: { location: url.href, 'cache-control': 'no-store' } })
}
