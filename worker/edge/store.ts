import { type Copy, secondsLeft } from './copy.ts'

/** Not `caches.default`, which is also what fetches go through. */
const NAME = 'copies'

/** Where a copy lies. Another version of the site has copies of its own: a page names the assets of the version that made it. */
export const keyOf = ({ origin, pathname, search }: URL, version: string): string =>
  `${origin}/.copies/${version}${pathname}${search}`

// A cache that fails is a miss, and never an error.

/** A copy that may still be served. */
export async function find(key: string): Promise<Copy | null> {
  try {
    const kept = await (await caches.open(NAME)).match(key)
    const copy = kept ? ((await kept.json()) as Copy) : null
    return copy && secondsLeft(copy, Date.now()) > 0 ? copy : null
  } catch {
    return null
  }
}

/** Keeps a copy for as long as it may be served, if it may be: one text, so that half of one is none. */
export async function put(key: string, copy: Copy): Promise<void> {
  const left = secondsLeft(copy, Date.now())
  if (left < 1) return
  const headers = { 'content-type': 'application/json', 'cache-control': `max-age=${left}` }
  try {
    await (await caches.open(NAME)).put(key, new Response(JSON.stringify(copy), { headers }))
  } catch {
    // The next request reads anew.
  }
}

export async function remove(key: string): Promise<void> {
  try {
    await (await caches.open(NAME)).delete(key)
  } catch {
    // It ends by itself, within KEPT_MAX.
  }
}
