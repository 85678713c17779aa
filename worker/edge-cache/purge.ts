import type { CachedContent, QueryKeys } from '../contract/cacheable-route.ts'
import { tagPathSegment } from '../contract/tag-path.ts'
import type { Env } from '../env.ts'
import type { PurgeTarget } from '../models/purge-targets.ts'
import { CACHEABLE_ROUTES, IMAGE_NUMBERS } from './cacheable-routes.ts'
import { toCacheable } from './canonical-url.ts'
import { purgeUrl } from './read-through.ts'

/** Values of route parameters. */
type RouteValues = { handle?: string; uuid?: string; tag?: string; n?: string }

/**
 * Returns the URLs of all routes with this `shows`, with each value of their query keys. First pages only: the cursors of later
 * pages are unknown.
 */
const urlsOf = (shows: CachedContent, values: RouteValues = {}): string[] =>
  Object.values(CACHEABLE_ROUTES)
    .filter((route) => route.shows === shows)
    .flatMap(({ route, query }) => queriesOf(query).map((search) => fillRoute(route, values) + search))

const fillRoute = (route: string, { handle = '', uuid = '', tag = '', n = '' }: RouteValues): string =>
  route
    .replace(':at_handle', `@${handle}`)
    .replace(':uuid', uuid)
    .replace(':tag', encodeURIComponent(tagPathSegment(tag)))
    .replace(':n', n)

const queriesOf = (query: QueryKeys): string[] => [
  '',
  ...Object.entries(query).flatMap(([key, values]) =>
    values === 'text' ? [] : values.map((value) => `?${new URLSearchParams({ [key]: value })}`),
  ),
]

/** Returns the URLs that show deleted activities. */
export const urlsShowing = (targets: PurgeTarget[]): string[] => [
  ...new Set([
    ...urlsOf('feed'),
    ...targets.flatMap((target) => urlsOf('thread', target)),
    ...targets
      .filter(({ is_deleted }) => is_deleted)
      .flatMap(({ uuid, handle, tags, images_count }) => [
        ...urlsOf('reactions', { uuid, handle }),
        ...IMAGE_NUMBERS.slice(0, images_count).flatMap((n) => urlsOf('image', { uuid, handle, n })),
        ...urlsOf('author', { handle }),
        ...tags.flatMap((tag) => urlsOf('tag', { tag })),
      ]),
  ]),
]

/**
 * Purges the pages of deleted activities from the caches of this location. Later pages of lists and other locations expire
 * within EDGE_MAX_AGE_SECONDS. Never throws.
 * @param base any URL of the site, for its origin.
 */
export async function purge(targets: PurgeTarget[], base: string, { version, edgeCacheSeconds }: Env): Promise<void> {
  if (edgeCacheSeconds === 0 || targets.length === 0) return
  await purgeAll(urlsShowing(targets), base, version)
}

/** Purges a user's pages, and the pages that show the given activities. Never throws. */
export async function purgeUser(
  handle: string,
  targets: PurgeTarget[],
  base: string,
  { version, edgeCacheSeconds }: Env,
): Promise<void> {
  if (edgeCacheSeconds === 0) return
  const own = [...urlsOf('author', { handle }), ...urlsOf('user', { handle })]
  await purgeAll([...new Set([...own, ...urlsShowing(targets)])], base, version)
}

async function purgeAll(paths: string[], base: string, version: string): Promise<void> {
  const all = paths.map((path) => toCacheable(new URL(path, base)))
  await Promise.all(all.map((cacheable) => cacheable && purgeUrl(cacheable.url, version)))
}
