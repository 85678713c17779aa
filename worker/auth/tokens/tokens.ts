import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'
import { AppError } from '../../contract/app-error.ts'
import { sha256, toHex } from '../../digest.ts'
import type { Env } from '../../env.ts'
import { keySet } from './keys.ts'
import { type AccessToken, nameOf, recall, remember } from './seen-tokens.ts'

/** Our clock and Cognito's may be so far apart, in seconds. */
const CLOCK_TOLERANCE = 5

/** A token that does not count: forged, expired, of another pool or client, or no access token. */
export class TokenError extends Error {
  override name = 'TokenError'
}

/**
 * Verifies a Cognito access token: RS256, issuer, token_use, client_id, expiry. A token that this isolate has seen is
 * checked for expiry alone: the rest of it cannot change.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 * @throws TokenError when it does not count; AppError identity_unavailable when the keys cannot be had.
 */
export async function verifyAccessToken(env: Env, token: string): Promise<AccessToken> {
  const name = await nameOf(env, token)
  const known = recall(name)
  if (known) return known
  const claims = await verify(env, token)
  const { sub, auth_time, exp, token_use, client_id, username } = claims
  if (token_use !== 'access' || client_id !== env.cognito.clientId) throw new TokenError('not an access token of ours')
  if (typeof sub !== 'string' || !sub || !isSeconds(auth_time) || !isSeconds(exp))
    throw new TokenError('claims missing')
  const viewer = { sub, auth_time, session_hash: await sessionHashOf(claims) }
  const verified = { viewer, username: String(username ?? sub) }
  remember(name, verified, exp + CLOCK_TOLERANCE)
  return verified
}

/**
 * The hash of a token's family, in hex. All tokens of a sign-in share origin_jti; an app client without token revocation has
 * none, and sign-ins of one person within a second are then one session.
 */
export async function sessionHashOf({ origin_jti, sub, auth_time }: JWTPayload): Promise<string> {
  const family = typeof origin_jti === 'string' && origin_jti ? origin_jti : `${sub}\n${auth_time}`
  return toHex(await sha256(family))
}

/** A time as Cognito tells it: whole seconds since the epoch. */
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
      clockTolerance: CLOCK_TOLERANCE,
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

/**
 * Reads the claims of a token without verifying it: for one that came straight from Cognito over TLS, or to know which
 * issuer or person to ask.
 * @throws TokenError for what is no JWT.
 */
export function readClaims(token: string): JWTPayload {
  try {
    return decodeJwt(token)
  } catch (error) {
    throw new TokenError('is not a JWT', { cause: error })
  }
}
