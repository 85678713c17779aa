import { createMiddleware } from 'hono/factory'
import { hasSession } from '../auth/cookies/session-cookies.ts'
import { revokeEndedSession } from '../auth/sign-out.ts'
import type { SiteEnv } from '../hono-env.ts'

/** Sets cookies and caching headers: responses with a session are private and not stored. */
export const sessionHeaders = createMiddleware<SiteEnv>(async function sessionHeaders(c, next) {
  const { raw } = c.req
  await next()
  const { context } = c.var
  const { headers } = c.res
  // API clients with a token get no cookies.
  if (!context.hasAuthorization) for (const cookie of context.setCookies) headers.append('set-cookie', cookie)
  if (context.endedSession()) context.waitUntil(revokeEndedSession(context).catch(() => {}))
  if (hasSession(raw) || context.setCookies.length > 0) headers.set('cache-control', 'private, no-store')
  else if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  headers.append('vary', 'Cookie, Authorization')
})
