import { Hono } from 'hono'
import type { RequestIdVariables } from 'hono/request-id'
import type { RequestContext } from './context.ts'
import type { Entry } from './edge-cache/entry.ts'

/** Of the site's app: bindings as wrangler.toml has them, and the request's context. */
export type SiteEnv = {
  Bindings: Cloudflare.Env
  Variables: RequestIdVariables & {
    context: RequestContext
    /** The entry that answers the request, and its canonical URL; undefined for what is not in the edge cache. */
    cached: { entry: Entry; route: string; url: string } | undefined
  }
}

/** Of the API's app, which pages call in process with their own context. */
export type HonoEnv = { Bindings: RequestContext }

/** Returns a part of the API's app, typed. */
export const newApp = () => new Hono<HonoEnv>()
