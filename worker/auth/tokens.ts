import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Env } from '../env.ts'

/** Rotation shows as an unknown kid, which fetches anew; so the keys may be kept for long, in milliseconds. */
const KEYS_MAX_AGE = 24 * 3_600_000
/** An unknown kid fetches at most once in this many milliseconds. */
const KEYS_COOLDOWN = 30_000

/** A token that does not count: forged, expired, of another pool or client, or no access token. */
export class TokenError extends Error {
  override name = 'TokenError'
}

export type AccessToken = { viewer: Viewer; username: string }

// Held for the isolate: the keys outlive the request that fetched them.
const keySets = new Map<string, JWTVerifyGetKey>()

function keySet(url: string): JWTVerifyGetKey {
  const known = keySets.get(url)
  if (known) return known
  const created = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: KEYS_MAX_AGE,
    cooldownDuration: KEYS_COOLDOWN,
    [customFetch]: fetchKeys,
  })
  keySets.set(url, created)
  return created
}

/** Fetches the key set; while its endpoint is down, the edge's copy of the last good answer serves. */
async function fetchKeys(url: string, options: RequestInit): Promise<Response> {
  const cache = await caches.open('jwks')
  try {
    const response = await fetch(url, options)
    if (response.status === 200) {
      const body = await response.clone().arrayBuffer()
      const headers = { 'content-type': 'application/json', 'cache-control': `max-age=${KEYS_MAX_AGE / 1000}` }
      await cache.put(url, new Response(body, { headers })).catch(() => {})
      return response
    }
  } catch {
    // Fall through to the copy.
  }
  const copy = await cache.match(url).catch(() => undefined)
  if (copy) return copy
  throw new AppError('identity_unavailable')
}

/**
 * Verifies a Cognito access token: RS256, issuer, token_use, client_id, expiry.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 * @throws TokenError when it does not count; AppError identity_unavailable when the keys cannot be had.
 */
export async function verifyAccessToken(env: Env, token: string): Promise<AccessToken> {
  const payload = await verify(env, token)
  const { sub, auth_time, token_use, client_id, username } = payload
  if (token_use !== 'access' || client_id !== env.cognito.clientId) throw new TokenError('not an access token of ours')
  if (!sub || typeof auth_time !== 'number' || !Number.isSafeInteger(auth_time)) throw new TokenError('claims missing')
  return { viewer: { sub, auth_time }, username: String(username ?? sub) }
}

async function verify(env: Env, token: string): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keySet(env.cognito.jwksUrl), {
      algorithms: ['RS256'],
      issuer: env.cognito.issuer,
      requiredClaims: ['sub', 'exp', 'client_id', 'token_use', 'auth_time'],
      clockTolerance: 5,
    })
    return payload
  } catch (error) {
    if (error instanceof AppError) throw error
    if (error instanceof errors.JWKSTimeout) throw new AppError('identity_unavailable', { cause: error })
    // jose's generic error is a key set that answered with something else than keys.
    if (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC') {
      throw new AppError('identity_unavailable', { cause: error })
    }
    throw new TokenError('does not verify', { cause: error })
  }
}

/** The claims of a token that came straight from Cognito over TLS, or of one that only tells whom to ask for anew. */
export function readClaims(token: string): JWTPayload {
  try {
    return decodeJwt(token)
  } catch (error) {
    throw new TokenError('is not a JWT', { cause: error })
  }
}
