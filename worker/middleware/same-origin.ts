import { createMiddleware } from 'hono/factory'
import { AppError } from '../contract/app-error.ts'
import type { SiteEnv } from '../hono-env.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether a request's method promises to change nothing. */
export const isSafe = ({ method }: Request): boolean => SAFE.has(method)

/** Browsers send no such header by themselves, unlike Basic credentials, and another site's scripts need our leave to. */
const hasBearer = ({ headers }: Request) => /^bearer /i.test(headers.get('authorization') ?? '')

/** Refuses requests of other sites, see assertSameOrigin. Hono's csrf looks at the content types of forms only. */
export const sameOrigin = createMiddleware<SiteEnv>(async function sameOrigin(c, next) {
  assertSameOrigin(c.req.raw)
  await next()
})

/**
 * Every unsafe request without a Bearer must come from our own origin, signing in included, whatever its content type:
 * cookies alone do not prove that the person meant it. Browsers say where a request comes from in Sec-Fetch-Site and
 * Origin, which scripts cannot forge (https://fetch.spec.whatwg.org/#forbidden-request-header).
 * @throws AppError cross_origin
 */
export function assertSameOrigin(request: Request): void {
  if (isSafe(request) || hasBearer(request)) return
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  if (origin !== null && origin !== new URL(request.url).origin) throw new AppError('cross_origin')
  if (site !== null && site !== 'same-origin') throw new AppError('cross_origin')
  if (origin === null && site === null) throw new AppError('cross_origin')
}
