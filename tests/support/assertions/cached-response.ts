import type { Answer, Client } from '../../harness/client.ts'
import type { Site } from '../../harness/site.ts'

/** For how long all who keep an answer may show it, one after the other, in seconds. */
export function maxLifetimeOf({ headers }: Pick<Answer, 'headers'>): number {
  const told = ['cache-control', 'cdn-cache-control', 'cloudflare-cdn-cache-control', 'surrogate-control', 'expires']
  const all = told.map((name) => headers.get(name) ?? '').join()
  const spans = /\b(?:max-age|s-maxage|stale-while-revalidate|stale-if-error)=(\d+)/g
  return [...all.matchAll(spans)].reduce((sum, [, seconds]) => sum + Number(seconds), 0)
}

/** Asks for an address, and counts the trips to the database that it took. */
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

/** A page without what tells one copy of it from another. */
export const withoutAge = ({ text }: Answer) => text.replace(/--age:\d+/, '--age:0')
