import { createHmac, timingSafeEqual } from 'node:crypto'
import { CognitoError } from './error.ts'
import type { Input } from './input.ts'
import { required } from './input.ts'
import type { Pool } from './pool.ts'

/** Throws unless the request names the pool's app client. */
export function assertClient({ settings }: Pool, input: Input): void {
  const clientId = required(input, 'ClientId')
  if (clientId !== settings.clientId) {
    throw new CognitoError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`)
  }
}

/**
 * Throws unless the secret hash fits, where the client has a secret:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html (computing secret hashes)
 */
export function assertSecretHash({ settings }: Pool, username: string, hash: string | undefined): void {
  const { clientId, clientSecret } = settings
  if (clientSecret === undefined) {
    if (hash === undefined) return
    throw new CognitoError('NotAuthorizedException', `Unable to verify secret hash for client ${clientId}`)
  }
  if (hash === undefined) {
    throw new CognitoError(
      'NotAuthorizedException',
      `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
    )
  }
  const expected = createHmac('sha256', clientSecret).update(`${username}${clientId}`).digest('base64')
  if (!isSame(hash, expected)) {
    throw new CognitoError('NotAuthorizedException', `Unable to verify secret hash for client ${clientId}`)
  }
}

/** Throws unless the secret itself fits: GetTokensFromRefreshToken and RevokeToken send it as it is. */
export function assertClientSecret({ settings }: Pool, secret: string | undefined, errorType: string): void {
  const isRight =
    settings.clientSecret === undefined ? secret === undefined : isSame(secret ?? '', settings.clientSecret)
  if (!isRight) throw new CognitoError(errorType, `Unable to verify secret hash for client ${settings.clientId}`)
}

function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
