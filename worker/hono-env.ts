import { HonoBase } from 'hono/hono-base'
import type { RequestIdVariables } from 'hono/request-id'
import { TrieRouter } from 'hono/router/trie-router'
import type { Env } from 'hono/types'
import type { RequestContext } from './context.ts'
import type { Entry } from './edge-cache/cache-entry.ts'

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

/**
 * Returns a new Hono app. Without the RegExpRouter that `hono` brings: it takes none of the API's routes, since some, as /users/search and
 * /users/:at_handle, match the same path.
 */
const newHono = <E extends Env>() => new HonoBase<E>({ router: new TrieRouter() })

/** Returns a new app for a part of the API. */
export const newApp = () => newHono<HonoEnv>()

/** Returns a new app for the site. */
export const newSite = () => newHono<SiteEnv>()
