import { createRemoteJWKSet, customFetch, type JSONWebKeySet, type JWTVerifyGetKey, jwksCache } from 'jose'
import { AppError } from '../../contract/app-error.ts'

/** TTL of cached keys, in ms. Long, since a rotated key has an unknown kid and that triggers a fetch. */
const MAX_AGE_MS = 24 * 3_600_000
/** Minimum time between fetches for unknown kids, in ms. */
const COOLDOWN_MS = 30_000
/** How long a request waits for another request's fetch before it fetches too, in ms. */
const WAIT_MS = 2_000

// Module state: the keys outlive the request that fetched them.
const keySets = new Map<string, JWTVerifyGetKey>()

/** Returns the pool's signing keys: from this isolate, else from the edge cache, else from the JWKS URL. */
export async function keySet(url: string): Promise<JWTVerifyGetKey> {
  const known = keySets.get(url)
  if (known) return known
  const cached = await findCachedKeys(url)
  const created =
    keySets.get(url) ??
    createRemoteJWKSet(new URL(url), {
      cacheMaxAge: MAX_AGE_MS,
      cooldownDuration: COOLDOWN_MS,
      [customFetch]: fetchKeys,
      [jwksCache]: cached ?? {},
    })
  keySets.set(url, created)
  return created
}

/** Pending fetches by URL; each resolves to the keys, or to null after a bad response. */
const fetches = new Map<string, Promise<JSONWebKeySet | null>>()

/** Fetches the keys once for concurrent requests; falls back to the edge cache while the JWKS URL is down. */
async function fetchKeys(url: string, options: RequestInit): Promise<Response> {
  const pending = fetches.get(url)
  const shared = pending && (await Promise.race([pending, waitTimeout()]))
  const keys = shared === undefined ? await startFetch(url, options) : shared
  const jwks = keys ?? (await findCachedKeys(url))?.jwks
  if (jwks) return Response.json(jwks)
  throw new AppError('identity_unavailable')
}

const waitTimeout = () => new Promise<undefined>((resolve) => setTimeout(resolve, WAIT_MS))

function startFetch(url: string, options: RequestInit): Promise<JSONWebKeySet | null> {
  const fetching = fetchKeySet(url, options)
    .catch(() => null)
    .finally(() => fetches.get(url) === fetching && fetches.delete(url))
  fetches.set(url, fetching)
  return fetching
}

/** Returns the key set and caches it at the edge; null if the response is not a key set. */
async function fetchKeySet(url: string, options: RequestInit): Promise<JSONWebKeySet | null> {
  const response = await fetch(url, options)
  const jwks = response.status === 200 ? ((await response.json()) as JSONWebKeySet) : null
  if (!Array.isArray(jwks?.keys)) return null
  await cacheKeys(url, { jwks, uat: Date.now() })
  return jwks
}

/** Cache entry of the keys. `uat`: when they were fetched, Unix time in ms (jose's name). */
type CachedKeys = { jwks: JSONWebKeySet; uat: number }

async function findCachedKeys(url: string): Promise<CachedKeys | undefined> {
  try {
    return (await (await (await caches.open('jwks')).match(url))?.json()) as CachedKeys | undefined
  } catch {
    return undefined
  }
}

async function cacheKeys(url: string, keys: CachedKeys): Promise<void> {
  const headers = { 'cache-control': `max-age=${MAX_AGE_MS / 1000}` }
  try {
    await (await caches.open('jwks')).put(url, Response.json(keys, { headers }))
  } catch {
    // Works without the cache.
  }
}
