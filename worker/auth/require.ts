import { createMiddleware } from 'hono/factory'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { HonoEnv, SiteEnv } from '../hono-env.ts'
import { limitWrites } from '../middleware/rate-limits.ts'
import { isSafe } from '../middleware/same-origin.ts'
import type { Viewer } from '../viewer.ts'
import { provision } from './provision.ts'
import type { RequestSession } from './session.ts'

/** Sets `c.var.viewer`, null when signed out. An invalid Bearer token gets 401, an invalid cookie counts as signed out. */
export const optionalUser = createMiddleware<HonoEnv & { Variables: { viewer: Viewer | null } }>(
  async function optionalUser(c, next) {
    const session = await c.env.session()
    const { viewer, isBearer } = session
    if (viewer && isBearer) {
      c.env.db.requireSession()
      c.env.db.createMissingUser(() => provision(c.env.settings, session))
    }
    c.set('viewer', viewer)
    await next()
  },
)

/** Sets `c.var.viewer`. Signed-out clients get 401; 503 while Cognito is down and the session cannot be verified. */
export const requireUser = createMiddleware<HonoEnv & { Variables: { viewer: Viewer } }>(
  async function requireUser(c, next) {
    const session = await requireSession(c.env)
    const { viewer } = session
    c.env.db.createMissingUser(() => provision(c.env.settings, session))
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') await limitWrites(c.env, viewer)
    c.set('viewer', viewer)
    await next()
  },
)

/** Like requireUser, for members of Cognito's group `moderators`. Others get 404, as if there were nothing. */
export const requireModerator = createMiddleware<HonoEnv & { Variables: { viewer: Viewer } }>(
  async function requireModerator(c, next) {
    const { viewer } = await c.env.session()
    if (!viewer?.is_moderator) throw new AppError('not_found')
    await requireUser(c, next)
  },
)

/** Answers 401 to a write with an invalid Authorization header, before any route; sign-in included. */
export const requireGoodToken = createMiddleware<SiteEnv>(async function requireGoodToken(c, next) {
  const { context } = c.var
  if (context.hasAuthorization && !isSafe(c.req.raw)) await context.session()
  await next()
})

/** Returns the request's session. @throws AppError unauthorized; identity_unavailable while Cognito is down. */
export async function requireSession(
  context: RequestContext,
): Promise<RequestSession & { viewer: Viewer; accessToken: string }> {
  const session = await context.session()
  const { viewer, accessToken, isIdentityDown: isOutage } = session
  if (viewer && accessToken) return { ...session, viewer, accessToken }
  throw new AppError(isOutage ? 'identity_unavailable' : 'unauthorized')
}
