import { createMiddleware } from 'hono/factory'
import { AppError } from '../contract/app-error.ts'
import type { SiteEnv } from '../hono-env.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Returns whether a request's method is safe, that is, read-only. */
export const isSafe = ({ method }: Request): boolean => SAFE.has(method)

/** Returns whether a request has a Bearer token. Browsers never add one by themselves, and other sites' scripts need our CORS consent. */
const hasBearer = ({ headers }: Request) => /^bearer /i.test(headers.get('authorization') ?? '')

/** Returns whether a request has our own origin in its Origin header. */
export const isOwnOrigin = ({ headers, url }: Request): boolean => headers.get('origin') === new URL(url).origin

/** Refuses writes from other sites, see assertSameOrigin. Hono's csrf checks the content types of forms only. */
export const sameOrigin = createMiddleware<SiteEnv>(async function sameOrigin(c, next) {
  assertSameOrigin(c.req.raw)
  await next()
})

/**
 * Requires our own origin for every unsafe request without a Bearer token, sign-in included, whatever its content type (CSRF).
 * Checks Sec-Fetch-Site and Origin, which scripts cannot forge (https://fetch.spec.whatwg.org/#forbidden-request-header).
 * @throws AppError cross_origin
 */
export function assertSameOrigin(request: Request): void {
  if (isSafe(request) || hasBearer(request)) return
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  if (origin !== null && !isOwnOrigin(request)) throw new AppError('cross_origin')
  if (site !== null && site !== 'same-origin') throw new AppError('cross_origin')
  if (origin === null && site === null) throw new AppError('cross_origin')
}
