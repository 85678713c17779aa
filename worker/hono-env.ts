import { Hono } from 'hono'
import type { RequestIdVariables } from 'hono/request-id'
import type { RequestContext } from './context.ts'
import type { Entry } from './edge-cache/entry.ts'

/** Hono environment of the site's app: bindings of wrangler.toml, and the request's context. */
export type SiteEnv = {
  Bindings: Cloudflare.Env
  Variables: RequestIdVariables & {
    context: RequestContext
    /** The edge cache entry of the response, and its canonical URL; undefined if the response may not be cached. */
    cached: { entry: Entry; route: string; url: string } | undefined
  }
}

/** Hono environment of the API's app. Pages call it in process, with their own context as its bindings. */
export type HonoEnv = { Bindings: RequestContext }

/** Returns a new typed Hono app for a part of the API. */
export const newApp = () => new Hono<HonoEnv>()
