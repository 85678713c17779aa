import type { CacheableRoute } from '../contract/cacheable-route.ts'
import { IMAGES_MAX } from '../contract/limits.ts'
import { PAGES } from '../contract/pages.ts'

/**
 * The routes that the edge may cache, by pattern: public pages and, once the API is mounted, its public reads. A URL that
 * matches none of them is never cached.
 */
export const CACHEABLE_ROUTES: Record<string, CacheableRoute> = {}

/** The same routes, as toCacheable matches them. */
export const ROUTE_PATTERNS: { segments: string[]; keys: string[]; route: string }[] = []

/** Adds routes. The API calls this when it is mounted: importing its routes here would be a cycle, since it imports purge.ts. */
export function registerCacheableRoutes(routes: CacheableRoute[]): void {
  for (const added of routes) {
    CACHEABLE_ROUTES[added.route] = added
    ROUTE_PATTERNS.push({ segments: added.route.split('/'), keys: Object.keys(added.query), route: added.route })
  }
}

registerCacheableRoutes(
  Object.values(PAGES).flatMap(({ path, cacheable, query = {} }) =>
    cacheable ? [{ route: path, shows: cacheable, query }] : [],
  ),
)

/** The numbers of an activity's images in URLs. */
export const IMAGE_NUMBERS = Array.from({ length: IMAGES_MAX }, (_, index) => String(index + 1))
