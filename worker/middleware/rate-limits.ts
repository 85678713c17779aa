import { createMiddleware } from 'hono/factory'
import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { HonoEnv } from '../hono-env.ts'
import { isApi } from '../is-api.ts'

/** A minute's limits as the RateLimit-Policy header tells them; the numbers stand in wrangler.toml too. */
const POLICIES = {
  reads: '"reads";q=300;w=60',
  paging: '"paging";q=120;w=60',
  writes: '"writes";q=240;w=60',
  addressWrites: '"address-writes";q=600;w=60',
  doors: '"doors";q=60;w=60',
  clientErrors: '"client-errors";q=20;w=60',
} as const

/** Counts one for somebody; a limiter that fails limits nobody. @throws AppError too_many_requests */
async function count({ env }: RequestContext, kind: keyof typeof POLICIES, key: string): Promise<void> {
  const { success } = await env.limiters[kind].limit({ key }).catch(() => ({ success: true }))
  if (!success) throw new AppError('too_many_requests', { policy: POLICIES[kind], retryAfter: 60 })
}

/**
 * What an address reads, and how much of that goes through lists page by page, as who copies the site does; and what it
 * writes, whoever does. A form is answered by a page, which reads all that it shows: it counts as a read.
 */
export async function limitAddress(request: Request, context: RequestContext): Promise<void> {
  const { clientIp } = context
  const { method, url } = request
  if (clientIp === null || method === 'OPTIONS') return
  const { pathname, searchParams } = new URL(url)
  const isRead = method === 'GET' || method === 'HEAD' || !isApi(pathname)
  await count(context, isRead ? 'reads' : 'addressWrites', clientIp)
  if (isRead && searchParams.has('cursor')) await count(context, 'paging', clientIp)
}

/** What a person writes, wherever from. */
export const limitWrites = (context: RequestContext, viewer: Viewer): Promise<void> =>
  count(context, 'writes', viewer.sub)

/** Tries to get in: signing up and in, codes, recovery. What an account may try is counted exactly (auth/throttle.ts). */
export const limitDoors = createMiddleware<HonoEnv>(async function limitDoors(c, next) {
  const { clientIp } = c.env
  if (clientIp !== null && c.req.method === 'POST') await count(c.env, 'doors', clientIp)
  await next()
})

/** What breaks in the browsers of an address: a page that fails over and over tells of it only so often. */
export const limitClientErrors = createMiddleware<HonoEnv>(async function limitClientErrors(c, next) {
  await count(c.env, 'clientErrors', c.env.clientIp ?? 'here')
  await next()
})
