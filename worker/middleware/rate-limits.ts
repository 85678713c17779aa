import { createMiddleware } from 'hono/factory'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { HonoEnv, SiteEnv } from '../hono-env.ts'
import { isApi } from '../is-api.ts'
import type { Viewer } from '../viewer.ts'

/** Limits per minute as values of the RateLimit-Policy header. Keep them equal to wrangler.toml. */
const POLICIES = {
  reads: '"reads";q=300;w=60',
  paging: '"paging";q=120;w=60',
  writes: '"writes";q=240;w=60',
  clientIpWrites: '"client-ip-writes";q=600;w=60',
  uploads: '"uploads";q=60;w=60',
  media: '"media";q=1200;w=60',
  authAttempts: '"auth-attempts";q=60;w=60',
  clientErrors: '"client-errors";q=20;w=60',
} as const

/** Counts a request for a key. A failing limiter limits nothing. @throws AppError too_many_requests over the limit. */
async function countFor({ settings }: RequestContext, kind: keyof typeof POLICIES, key: string): Promise<void> {
  const { success } = await settings.limiters[kind].limit({ key }).catch(() => ({ success: true }))
  if (!success) throw new AppError('too_many_requests', { policy: POLICIES[kind], retryAfter: 60 })
}

/**
 * Limits a client IP's reads, its paging through lists (to stop scrapers), and its writes. Responses from the edge cache are
 * not counted: they cost less than a refusal.
 */
export const limitClientIp = createMiddleware<SiteEnv>(async function limitClientIp(c, next) {
  await countRequest(c.req.raw, c.var.context)
  await next()
})

/** Counts a request. A form sent to a page counts as a read, since the response is a page. */
async function countRequest(request: Request, context: RequestContext): Promise<void> {
  const { clientIp } = context
  const { method, url } = request
  if (clientIp === null || method === 'OPTIONS') return
  const { pathname, searchParams } = new URL(url)
  // A page may show 80 images, and one costs no query.
  if (pathname.startsWith('/media/images/')) return countFor(context, 'media', clientIp)
  const isRead = method === 'GET' || method === 'HEAD' || !isApi(pathname)
  await countFor(context, isRead ? 'reads' : 'clientIpWrites', clientIp)
  if (isRead && searchParams.has('cursor')) await countFor(context, 'paging', clientIp)
}

/** Limits the writes of a user, from all client IPs. */
export const limitWrites = (context: RequestContext, viewer: Viewer): Promise<void> =>
  countFor(context, 'writes', viewer.sub)

/** Limits uploads of images, by a user and by a client IP: each is decoded. Must follow requireUser. */
export const limitUploads = createMiddleware<HonoEnv & { Variables: { viewer: Viewer } }>(
  async function limitUploads(c, next) {
    if (c.req.method === 'POST') {
      await countFor(c.env, 'uploads', c.var.viewer.sub)
      if (c.env.clientIp !== null) await countFor(c.env, 'uploads', c.env.clientIp)
    }
    await next()
  },
)

/** Limits sign-ups, sign-ins, codes and recoveries of a client IP. auth/throttle/ limits attempts per account. */
export const limitAuthAttempts = createMiddleware<HonoEnv>(async function limitAuthAttempts(c, next) {
  const { clientIp } = c.env
  if (clientIp !== null && c.req.method === 'POST') await countFor(c.env, 'authAttempts', clientIp)
  await next()
})

/** Limits error reports of a client IP: a page that fails repeatedly would flood the log. */
export const limitClientErrors = createMiddleware<HonoEnv>(async function limitClientErrors(c, next) {
  await countFor(c.env, 'clientErrors', c.env.clientIp ?? 'local')
  await next()
})
