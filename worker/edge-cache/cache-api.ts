import { sha256, toHex } from '../digest.ts'
import { type Entry, secondsLeft } from './cache-entry.ts'

/** Name of the cache. Not `caches.default`, which outgoing fetches use too. */
const NAME = 'edge-cache'

/**
 * Returns the key of a URL's entry. It has the site's version, since a page links the assets of the version that rendered it.
 * `savesData`: the entry is for requests with Save-Data, whose pages have no images.
 */
export const entryKey = ({ href }: URL, version: string, savesData: boolean): string =>
  `${href}#${version}${savesData ? '#save-data' : ''}`

/**
 * Returns the URL of an entry for the Cache API: on our own origin, since another host would need a DNS look-up; by SHA-256,
 * since spans record the URL and a key may hold a search term.
 */
async function cacheUrlOf(key: string): Promise<string> {
  return `${new URL(key).origin}/.edge-cache/${toHex(await sha256(key))}`
}

// For the functions below a failing cache is a miss, never an error.

/** Returns the stored entry if it may still be served, else null. */
export async function findEntry(key: string): Promise<Entry | null> {
  try {
    const stored = await (await caches.open(NAME)).match(await cacheUrlOf(key))
    const entry = stored ? ((await stored.json()) as Entry) : null
    return entry && secondsLeft(entry, Date.now()) > 0 ? entry : null
  } catch {
    return null
  }
}

/** Stores an entry until it expires. As one JSON text, so that a truncated entry does not parse. */
export async function putEntry(key: string, entry: Entry): Promise<void> {
  const left = secondsLeft(entry, Date.now())
  if (left < 1) return
  const headers = { 'content-type': 'application/json', 'cache-control': `max-age=${left}` }
  try {
    await (await caches.open(NAME)).put(await cacheUrlOf(key), new Response(JSON.stringify(entry), { headers }))
  } catch {
    // The next request renders again.
  }
}

export async function removeEntry(key: string): Promise<void> {
  try {
    await (await caches.open(NAME)).delete(await cacheUrlOf(key))
  } catch {
    // It expires within EDGE_MAX_AGE_SECONDS.
  }
}
