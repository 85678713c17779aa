import type { Answer, Client } from '../../harness/client.ts'
import type { Site } from '../../harness/site.ts'

/** How long caches in a chain may serve an answer altogether, in seconds. */
export function maxLifetimeOf({ headers }: Pick<Answer, 'headers'>): number {
  const directives = [
    'cache-control',
    'cdn-cache-control',
    'cloudflare-cdn-cache-control',
    'surrogate-control',
    'expires',
  ]
  const all = directives.map((name) => headers.get(name) ?? '').join()
  const spans = /\b(?:max-age|s-maxage|stale-while-revalidate|stale-if-error)=(\d+)/g
  return [...all.matchAll(spans)].reduce((sum, [, seconds]) => sum + Number(seconds), 0)
}

/** Visits a path; returns the answer with the number of round trips to the database. */
export async function countTrips(
  { database }: Site,
  reader: Client,
  path: string,
  headers?: Record<string, string>,
): Promise<Answer & { trips: number }> {
  const before = database.count()
  const answer = await reader.visits(path, headers)
  return { ...answer, trips: database.count() - before }
}

/** A page without its age, which differs between copies of one cache entry. */
export const withoutAge = ({ text }: Answer) => text.replace(/--age:\d+/, '--age:0')
