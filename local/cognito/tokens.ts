import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { JWK, JWTPayload } from 'jose'
import { errors, importJWK, jwtVerify, SignJWT } from 'jose'
import { CognitoError, passwordResetRequired } from './error.ts'
import type { Pool } from './pool.ts'
import type { Grant, User } from './state.ts'

/** Cognito's AuthenticationResult. ExpiresIn is in seconds. */
export interface AuthenticationResult {
  AccessToken: string
  IdToken: string
  TokenType: 'Bearer'
  ExpiresIn: number
  RefreshToken?: string
}

/** Signs a user in: creates a grant and returns its three tokens. */
export async function issueTokens(pool: Pool, user: User): Promise<AuthenticationResult> {
  const { now, refreshTokenSeconds } = pool.settings
  const { state } = pool.store
  state.grants = state.grants.filter((grant) => grant.expiresAt > now())
  const grant: Grant = {
    id: randomUUID(),
    sub: user.sub,
    authTime: Math.floor(now() / 1000),
    refreshTokens: {},
    usedTokens: [],
    revoked: false,
    expiresAt: now() + refreshTokenSeconds * 1000,
  }
  state.grants.push(grant)
  const RefreshToken = addRefreshToken(grant)
  return { ...(await signTokens(pool, user, grant)), RefreshToken }
}

/**
 * Returns new access and id tokens for a refresh token, with the `auth_time` of the sign-in. With rotation also a new refresh
 * token; the old one expires after the grace period:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
 */
export async function refreshTokens(pool: Pool, token: string): Promise<AuthenticationResult> {
  const { now, rotation } = pool.settings
  const { grant, isReused } = findGrant(pool, token)
  if (!grant) throw notAuthorized('Invalid Refresh Token')
  if (grant.revoked) throw notAuthorized('Refresh Token has been revoked')
  if (grant.expiresAt <= now()) throw notAuthorized('Refresh Token has expired')
  const goodUntil = grant.refreshTokens[digest(token)] ?? 0
  if (isReused || goodUntil <= now()) {
    throw new CognitoError('RefreshTokenReuseException', 'Refresh token has been invalidated by rotation')
  }
  const user = pool.store.state.users.find(({ sub }) => sub === grant.sub)
  if (!user) throw notAuthorized('Invalid Refresh Token')

  const tokens = await signTokens(pool, user, grant)
  if (!rotation) return tokens
  grant.refreshTokens[digest(token)] = Math.min(goodUntil, now() + rotation.graceSeconds * 1000)
  for (const [used, until] of Object.entries(grant.refreshTokens)) {
    if (until > now()) continue
    delete grant.refreshTokens[used]
    grant.usedTokens.push(used)
  }
  return { ...tokens, RefreshToken: addRefreshToken(grant) }
}

/** Returns the `sub` of a refresh token's owner. */
export const ownerOf = (pool: Pool, token: string): string | undefined => findGrant(pool, token).grant?.sub

/** Revokes the grant of a refresh token, if it exists. */
export function revokeToken(pool: Pool, token: string): void {
  const { grant } = findGrant(pool, token)
  if (grant) grant.revoked = true
}

/** Revokes all grants of a user. */
export function revokeAll({ store }: Pool, sub: string): void {
  for (const grant of store.state.grants) if (grant.sub === sub) grant.revoked = true
}

/**
 * Returns the user of an access token. Like Cognito, it refuses revoked tokens, which a JWT library cannot know.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html
 */
export async function userOfAccessToken(pool: Pool, token: string): Promise<User> {
  const claims = await verify(pool, token)
  if (claims.token_use !== 'access') throw notAuthorized('Invalid Access Token')
  const grant = pool.store.state.grants.find(({ id }) => id === claims.origin_jti)
  if (!grant || grant.revoked) throw notAuthorized('Access Token has been revoked')
  const user = pool.store.state.users.find(({ sub }) => sub === claims.sub)
  if (!user) throw new CognitoError('UserNotFoundException', 'User does not exist.')
  if (user.status === 'RESET_REQUIRED') throw passwordResetRequired()
  return user
}

/** Returns the JWKS of `/<pool>/.well-known/jwks.json`. */
export function publicKeys({ store }: Pool) {
  const { access, id } = store.state.keys
  return {
    keys: [id, access].map(({ e = '', kid = '', n = '' }) => ({ alg: 'RS256', e, kid, kty: 'RSA', n, use: 'sig' })),
  }
}

async function signTokens(pool: Pool, user: User, grant: Grant): Promise<AuthenticationResult> {
  const { settings, store } = pool
  const shared = {
    sub: user.sub,
    iss: settings.issuer,
    origin_jti: grant.id,
    event_id: randomUUID(),
    auth_time: grant.authTime,
    iat: Math.floor(settings.now() / 1000),
    ...(user.groups && user.groups.length > 0 && { 'cognito:groups': user.groups }),
  }
  // https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
  const access = {
    ...shared,
    client_id: settings.clientId,
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    exp: shared.iat + settings.accessTokenSeconds,
    jti: randomUUID(),
    username: user.sub,
  }
  // https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
  const id = {
    ...shared,
    aud: settings.clientId,
    token_use: 'id',
    email: user.email,
    email_verified: user.emailVerified,
    'cognito:username': user.sub,
    ...user.attributes,
    exp: shared.iat + settings.idTokenSeconds,
    jti: randomUUID(),
  }
  const [AccessToken, IdToken] = await Promise.all([
    sign(access, store.state.keys.access),
    sign(id, store.state.keys.id),
  ])
  return { AccessToken, IdToken, TokenType: 'Bearer', ExpiresIn: settings.accessTokenSeconds }
}

async function sign(claims: JWTPayload, key: JWK): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ kid: key.kid ?? '', alg: 'RS256' })
    .sign(await importJWK(key, 'RS256'))
}

async function verify(pool: Pool, token: string): Promise<JWTPayload> {
  const { issuer, clientId, now } = pool.settings
  const keyOf = async ({ kid }: { kid?: string }) => {
    const key = publicKeys(pool).keys.find((candidate) => candidate.kid === kid)
    if (!key) throw notAuthorized('Invalid Access Token')
    return importJWK(key, 'RS256')
  }
  try {
    const options = { issuer, algorithms: ['RS256'], currentDate: new Date(now()) }
    const { payload } = await jwtVerify(token, keyOf, options)
    if (payload.client_id !== clientId) throw notAuthorized('Invalid Access Token')
    return payload
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw notAuthorized('Access Token has expired')
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      throw notAuthorized('Could not verify signature for Access Token')
    }
    throw error instanceof CognitoError ? error : notAuthorized('Invalid Access Token')
  }
}

// Store digests only, so that the state file holds no usable token.
function addRefreshToken(grant: Grant): string {
  const token = randomBytes(96).toString('base64url')
  grant.refreshTokens[digest(token)] = grant.expiresAt
  return token
}

function findGrant({ store }: Pool, token: string): { grant: Grant | undefined; isReused: boolean } {
  const key = digest(token)
  const grant = store.state.grants.find((one) => key in one.refreshTokens || one.usedTokens.includes(key))
  return { grant, isReused: grant?.usedTokens.includes(key) ?? false }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

function notAuthorized(message: string): CognitoError {
  return new CognitoError('NotAuthorizedException', message)
}
