import { createMiddleware } from 'hono/factory'
import { setMetric } from 'hono/timing'
import { createContext } from '../context.ts'
import { parseEnv } from '../env.ts'
import type { SiteEnv } from '../hono-env.ts'

/**
 * Sets `c.var.context`, and Server-Timing with the time waited for Postgres and the number of round trips. Rendering is not
 * measurable: a Worker's clock advances only at I/O.
 * @throws EnvError if a setting is missing or invalid.
 */
export const openContext = createMiddleware<SiteEnv>(async function openContext(c, next) {
  const context = createContext(c.req.raw, parseEnv(c.env), c.executionCtx, c.var.requestId)
  c.set('context', context)
  await next()
  setMetric(c, 'db', context.db.waitedMs, String(context.db.trips))
})
