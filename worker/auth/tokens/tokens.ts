import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'
import { AppError } from '../../contract/app-error.ts'
import { sha256, toHex } from '../../digest.ts'
import type { Env } from '../../env.ts'
import type { Viewer } from '../../viewer.ts'
import { keySet } from './keys.ts'
import { cacheKeyOf, findVerified, storeVerified } from './verified-tokens.ts'

/** Tolerated difference between our clock and Cognito's, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 5

/** Cognito's group of moderators; `npm run moderator` sets it. */
export const MODERATORS = 'moderators'

/** An invalid token: forged, expired, of another pool or client, or not an access token. */
export class TokenError extends Error {
  override name = 'TokenError'
}

/**
 * Returns whom an access token of Cognito is for, after verifying it: RS256, issuer, token_use, client_id, expiry. A token that this isolate has verified before
 * is only checked for expiry.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 * @throws TokenError if it is invalid; AppError identity_unavailable if the keys cannot be fetched.
 */
export async function verifyAccessToken(env: Env, token: string): Promise<Viewer> {
  const cacheKey = await cacheKeyOf(env, token)
  const known = findVerified(cacheKey)
  if (known) return known
  const claims = await verify(env, token)
  const { sub, auth_time, exp, token_use, client_id } = claims
  if (token_use !== 'access' || client_id !== env.cognito.clientId) throw new TokenError('not an access token of ours')
  if (typeof sub !== 'string' || !sub || !isSeconds(auth_time) || !isSeconds(exp))
    throw new TokenError('claims missing')
  const groups = claims['cognito:groups']
  const viewer = {
    sub,
    auth_time,
    session_hash: await sessionHashOf(claims),
    is_moderator: Array.isArray(groups) && groups.includes(MODERATORS),
  }
  storeVerified(cacheKey, viewer, exp + CLOCK_TOLERANCE_SECONDS)
  return viewer
}

/**
 * Returns the hash that names a token's session, in hex. All tokens of a sign-in share origin_jti. App clients without token
 * revocation have none: then sign-ins of a user within one second count as one session.
 */
export async function sessionHashOf({ origin_jti, sub, auth_time }: JWTPayload): Promise<string> {
  const family = typeof origin_jti === 'string' && origin_jti ? origin_jti : `${sub}\n${auth_time}`
  return toHex(await sha256(family))
}

/** Returns whether a claim is a time: Unix time in whole seconds. */
const isSeconds = (value: unknown): value is number => Number.isSafeInteger(value)

async function verify(env: Env, token: string): Promise<JWTPayload> {
  const { iss } = readClaims(token)
  const found = env.cognito.issuers.find(({ issuer }) => issuer === iss)
  if (!found) throw new TokenError('of another issuer')
  try {
    const { payload } = await jwtVerify(token, await keySet(found.jwksUrl), {
      algorithms: ['RS256'],
      issuer: found.issuer,
      requiredClaims: ['sub', 'exp', 'client_id', 'token_use', 'auth_time'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    })
    return payload
  } catch (error) {
    if (error instanceof AppError) throw error
    if (error instanceof errors.JWKSTimeout) throw new AppError('identity_unavailable', { cause: error })
    // jose throws its generic error if the JWKS URL answered with something else than keys.
    if (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC') {
      throw new AppError('identity_unavailable', { cause: error })
    }
    throw new TokenError('does not verify', { cause: error })
  }
}

/**
 * Returns the claims of a token without verifying it. Only for tokens received directly from Cognito, or to pick the issuer or
 * username for a request that verifies.
 * @throws TokenError if it is not a JWT.
 */
export function readClaims(token: string): JWTPayload {
  try {
    return decodeJwt(token)
  } catch (error) {
    throw new TokenError('is not a JWT', { cause: error })
  }
}
