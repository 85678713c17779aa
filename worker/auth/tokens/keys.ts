import { createRemoteJWKSet, customFetch, type JSONWebKeySet, type JWTVerifyGetKey, jwksCache } from 'jose'
import { AppError } from '../../contract/app-error.ts'

/** Rotation shows as an unknown kid, which fetches anew; so the keys may be kept for long, in milliseconds. */
const MAX_AGE = 24 * 3_600_000
/** An unknown kid fetches at most once in this many milliseconds. */
const COOLDOWN = 30_000
/** A request waits so long for the keys that another one fetches, in ms; then it fetches them itself. */
const PATIENCE = 2_000

// Held for the isolate: the keys outlive the request that fetched them.
const keySets = new Map<string, JWTVerifyGetKey>()

/** The keys that tokens are signed with: as this isolate knows them, else as the edge does, else from their address. */
export async function keySet(url: string): Promise<JWTVerifyGetKey> {
  const known = keySets.get(url)
  if (known) return known
  const copy = await findCopy(url)
  const made =
    keySets.get(url) ??
    createRemoteJWKSet(new URL(url), {
      cacheMaxAge: MAX_AGE,
      cooldownDuration: COOLDOWN,
      [customFetch]: fetchKeys,
      [jwksCache]: copy ?? {},
    })
  keySets.set(url, made)
  return made
}

/** Fetches under way; each settles with the keys, or with null when there was no good answer. */
const fetches = new Map<string, Promise<JSONWebKeySet | null>>()

/** Fetches the keys, once for all who need them now; while their address is down, those in the edge's cache serve. */
async function fetchKeys(url: string, options: RequestInit): Promise<Response> {
  const underWay = fetches.get(url)
  const shared = underWay && (await Promise.race([underWay, patience()]))
  const keys = shared === undefined ? await fetchAnew(url, options) : shared
  const jwks = keys ?? (await findCopy(url))?.jwks
  if (jwks) return Response.json(jwks)
  throw new AppError('identity_unavailable')
}

const patience = () => new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE))

function fetchAnew(url: string, options: RequestInit): Promise<JSONWebKeySet | null> {
  const fetching = fetchGood(url, options)
    .catch(() => null)
    .finally(() => fetches.get(url) === fetching && fetches.delete(url))
  fetches.set(url, fetching)
  return fetching
}

/** Null for an answer that is no key set. */
async function fetchGood(url: string, options: RequestInit): Promise<JSONWebKeySet | null> {
  const response = await fetch(url, options)
  const jwks = response.status === 200 ? ((await response.json()) as JSONWebKeySet) : null
  if (!Array.isArray(jwks?.keys)) return null
  await keepCopy(url, { jwks, uat: Date.now() })
  return jwks
}

/** The keys at the edge, and when they were fetched (ms since the epoch). */
type KeysCopy = { jwks: JSONWebKeySet; uat: number }

async function findCopy(url: string): Promise<KeysCopy | undefined> {
  try {
    return (await (await (await caches.open('jwks')).match(url))?.json()) as KeysCopy | undefined
  } catch {
    return undefined
  }
}

async function keepCopy(url: string, copy: KeysCopy): Promise<void> {
  const headers = { 'cache-control': `max-age=${MAX_AGE / 1000}` }
  try {
    await (await caches.open('jwks')).put(url, Response.json(copy, { headers }))
  } catch {
    // A cache that fails is a miss.
  }
}
