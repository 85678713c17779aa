import { sha256, toHex } from '../digest.ts'
import { type Entry, secondsLeft } from './entry.ts'

/** Not `caches.default`, which outgoing fetches go through too. */
const NAME = 'edge-cache'

/**
 * The key of a URL's entry. Each version of the site has entries of its own: a page names the assets of the version that made
 * it.
 */
export const keyOf = ({ href }: URL, version: string): string => `${href}#${version}`

/**
 * The URL of an entry in the Cache API: below our own origin, since another host would be looked up, and by its SHA-256, since
 * the spans of Workers have it and a key may have a search term.
 */
async function cacheUrlOf(key: string): Promise<string> {
  return `${new URL(key).origin}/.edge-cache/${toHex(await sha256(key))}`
}

// A failing cache is a miss, never an error.

/** Returns an entry that may still be served, or null. */
export async function find(key: string): Promise<Entry | null> {
  try {
    const stored = await (await caches.open(NAME)).match(await cacheUrlOf(key))
    const entry = stored ? ((await stored.json()) as Entry) : null
    return entry && secondsLeft(entry, Date.now()) > 0 ? entry : null
  } catch {
    return null
  }
}

/** Stores an entry for as long as it may be served. As one JSON text, so that a truncated one does not parse. */
export async function put(key: string, entry: Entry): Promise<void> {
  const left = secondsLeft(entry, Date.now())
  if (left < 1) return
  const headers = { 'content-type': 'application/json', 'cache-control': `max-age=${left}` }
  try {
    await (await caches.open(NAME)).put(await cacheUrlOf(key), new Response(JSON.stringify(entry), { headers }))
  } catch {
    // The next request reads anew.
  }
}

export async function remove(key: string): Promise<void> {
  try {
    await (await caches.open(NAME)).delete(await cacheUrlOf(key))
  } catch {
    // It expires by itself, within EDGE_MAX_AGE_SECONDS.
  }
}
