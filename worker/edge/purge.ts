import { tagSegment } from '../contract/tag-segment.ts'
import type { Env } from '../env.ts'
import type { Trace } from '../models/traces.ts'
import { keptAddress } from './addresses.ts'
import { forget } from './keep.ts'

/** What lists cruds whoever wrote them. */
const FEEDS = ['/', '/?feed=everyone', '/?feed=last-light', '/api/activities/everyone', '/api/activities/last-light']

const thread = ({ uuid, handle }: Trace) => [
  `/@${handle}/status/${uuid}`,
  `/api/activities/${uuid}`,
  `/api/activities/${uuid}/replies`,
]

const reactors = ({ uuid, handle }: Trace) =>
  ['likes', 'reposts'].flatMap((which) => [`/@${handle}/status/${uuid}/${which}`, `/api/activities/${uuid}/${which}`])

const person = ({ handle }: Pick<Trace, 'handle'>) => [
  `/@${handle}`,
  `/api/users/@${handle}`,
  `/api/users/@${handle}/activities`,
  ...['cruds', 'replies', 'likes'].flatMap((tab) => [
    `/@${handle}?tab=${tab}`,
    `/api/users/@${handle}/activities?tab=${tab}`,
  ]),
]

const tagged = ({ tags }: Trace) =>
  tags.flatMap((tag) => [`/tags/${encodeURIComponent(tag)}`, `/api/tags/${encodeURIComponent(tagSegment(tag))}`])

/** The addresses that show what is put out: first pages, since the later ones have cursors that nobody knows. */
export const addressesOf = (traces: Trace[]): string[] => [
  ...new Set([
    ...FEEDS,
    ...traces.flatMap(thread),
    ...traces.filter(({ goes }) => goes).flatMap((trace) => [...reactors(trace), ...person(trace), ...tagged(trace)]),
  ]),
]

/**
 * Removes copies, where this runs, of what shows a crud that was put out; whatever is not found here, and all elsewhere, is
 * gone within KEPT_MAX. Never fails.
 * @param base an address of the site as its readers know it.
 */
export async function purge(traces: Trace[], base: string, { version, edgeCacheSeconds }: Env): Promise<void> {
  if (edgeCacheSeconds === 0 || traces.length === 0) return
  await remove(addressesOf(traces), base, version)
}

/** The same for what shows a person who has left, their newest cruds among it. */
export async function purgePerson(
  handle: string,
  traces: Trace[],
  base: string,
  { version, edgeCacheSeconds }: Env,
): Promise<void> {
  if (edgeCacheSeconds === 0) return
  const circles = ['followers', 'following'].flatMap((list) => [`/@${handle}/${list}`, `/api/users/@${handle}/${list}`])
  const own = [...person({ handle }), `/api/users/@${handle}/short`, ...circles]
  await remove([...new Set([...own, ...addressesOf(traces)])], base, version)
}

async function remove(paths: string[], base: string, version: string): Promise<void> {
  const all = paths.map((path) => keptAddress(new URL(path, base)))
  await Promise.all(all.map((kept) => kept && forget(kept.address, version)))
}
