import { createMiddleware } from 'hono/factory'
import { setMetric } from 'hono/timing'
import { createContext } from '../context.ts'
import { parseEnv } from '../env.ts'
import type { SiteEnv } from '../hono-env.ts'

/**
 * Sets `c.var.context`, from checked settings; Server-Timing says how long the request waited for Postgres, in how many
 * trips. A Worker's clock stands still between I/O, so rendering does not show there.
 * @throws EnvError when a setting is missing or wrong.
 */
export const openContext = createMiddleware<SiteEnv>(async function openContext(c, next) {
  const context = createContext(c.req.raw, parseEnv(c.env), c.executionCtx, c.var.requestId)
  c.set('context', context)
  await next()
  setMetric(c, 'db', context.db.waited, String(context.db.trips))
})
