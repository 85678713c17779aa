import { tagSegment } from '../contract/tag-segment.ts'
import type { Env } from '../env.ts'
import type { Trace } from '../models/traces.ts'
import { toCacheable } from './cacheable-routes.ts'
import { purgeUrl } from './read-through.ts'

/** Lists of activities by anybody. */
const FEEDS = ['/', '/?feed=everyone', '/?feed=last-light', '/api/activities/everyone', '/api/activities/last-light']

const threadUrls = ({ uuid, handle }: Trace) => [
  `/@${handle}/status/${uuid}`,
  `/api/activities/${uuid}`,
  `/api/activities/${uuid}/replies`,
]

const reactionUrls = ({ uuid, handle }: Trace) =>
  ['likes', 'reposts'].flatMap((which) => [`/@${handle}/status/${uuid}/${which}`, `/api/activities/${uuid}/${which}`])

const profileUrls = ({ handle }: Pick<Trace, 'handle'>) => [
  `/@${handle}`,
  `/api/users/@${handle}`,
  `/api/users/@${handle}/activities`,
  ...['cruds', 'replies', 'likes'].flatMap((tab) => [
    `/@${handle}?tab=${tab}`,
    `/api/users/@${handle}/activities?tab=${tab}`,
  ]),
]

const tagUrls = ({ tags }: Trace) =>
  tags.flatMap((tag) => [`/tags/${encodeURIComponent(tag)}`, `/api/tags/${encodeURIComponent(tagSegment(tag))}`])

/** The URLs that show a deleted activity. First pages only: the cursors of later ones are unknown. */
export const urlsShowing = (traces: Trace[]): string[] => [
  ...new Set([
    ...FEEDS,
    ...traces.flatMap(threadUrls),
    ...traces
      .filter(({ goes }) => goes)
      .flatMap((trace) => [...reactionUrls(trace), ...profileUrls(trace), ...tagUrls(trace)]),
  ]),
]

/**
 * Purges what shows a deleted activity from the caches of this location; the rest, and other locations, follow within
 * EDGE_MAX_AGE_SECONDS. Never fails.
 * @param base any URL of the site as its readers have it.
 */
export async function purge(traces: Trace[], base: string, { version, edgeCacheSeconds }: Env): Promise<void> {
  if (edgeCacheSeconds === 0 || traces.length === 0) return
  await purgeAll(urlsShowing(traces), base, version)
}

/** Purges the same for a deleted account: its pages, and what shows its newest activities. Never fails. */
export async function purgeUser(
  handle: string,
  traces: Trace[],
  base: string,
  { version, edgeCacheSeconds }: Env,
): Promise<void> {
  if (edgeCacheSeconds === 0) return
  const lists = ['followers', 'following'].flatMap((list) => [`/@${handle}/${list}`, `/api/users/@${handle}/${list}`])
  const own = [...profileUrls({ handle }), `/api/users/@${handle}/short`, ...lists]
  await purgeAll([...new Set([...own, ...urlsShowing(traces)])], base, version)
}

async function purgeAll(paths: string[], base: string, version: string): Promise<void> {
  const all = paths.map((path) => toCacheable(new URL(path, base)))
  await Promise.all(all.map((cacheable) => cacheable && purgeUrl(cacheable.url, version)))
}
