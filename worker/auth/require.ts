import { createMiddleware } from 'hono/factory'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { HonoEnv, SiteEnv } from '../hono-env.ts'
import { limitWrites } from '../middleware/rate-limits.ts'
import { isSafe } from '../middleware/same-origin.ts'
import { provision } from './provision.ts'
import type { Session } from './session.ts'

/** For routes that work signed out: `c.var.viewer` is who asks, or null. A bad Bearer is 401, a bad cookie signed out. */
export const optionalUser = createMiddleware<HonoEnv & { Variables: { viewer: Viewer | null } }>(
  async function optionalUser(c, next) {
    const session = await c.env.session()
    const { viewer, bearer } = session
    if (viewer && bearer) {
      c.env.db.require()
      c.env.db.createMissingUser(() => provision(c.env.env, session))
    }
    c.set('viewer', viewer)
    await next()
  },
)

/** For routes that need somebody: `c.var.viewer` is who asks; 401 signed out, 503 while Cognito cannot tell us. */
export const requireUser = createMiddleware<HonoEnv & { Variables: { viewer: Viewer } }>(
  async function requireUser(c, next) {
    const session = await requireSession(c.env)
    const { viewer } = session
    c.env.db.createMissingUser(() => provision(c.env.env, session))
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') await limitWrites(c.env, viewer)
    c.set('viewer', viewer)
    await next()
  },
)

/** Refuses a write by a token that does not count, before any route: it must not sign anybody in either. */
export const requireGoodToken = createMiddleware<SiteEnv>(async function requireGoodToken(c, next) {
  const { context } = c.var
  if (context.hasAuthorization && !isSafe(c.req.raw)) await context.session()
  await next()
})

/** @throws AppError unauthorized, or identity_unavailable while we cannot tell who it is. */
export async function requireSession(
  context: RequestContext,
): Promise<Session & { viewer: Viewer; accessToken: string }> {
  const session = await context.session()
  const { viewer, accessToken, outage } = session
  if (viewer && accessToken) return { ...session, viewer, accessToken }
  throw new AppError(outage ? 'identity_unavailable' : 'unauthorized')
}
