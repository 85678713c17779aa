import { assertClientSecret } from '../client.ts'
import { CognitoError } from '../error.ts'
import type { Input } from '../input.ts'
import { optional, required } from '../input.ts'
import type { Pool } from '../pool.ts'
import { revokeToken as endGrant } from '../tokens.ts'

/**
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html: unknown tokens are
 * ignored, and the response's body is empty.
 */
export async function revokeToken(pool: Pool, input: Input) {
  const token = required(input, 'Token')
  const clientId = required(input, 'ClientId')
  if (clientId !== pool.settings.clientId) throw new CognitoError('UnauthorizedException', 'Invalid client')
  assertClientSecret(pool, optional(input, 'ClientSecret'), 'UnauthorizedException')
  if (token.split('.').length === 3) throw new CognitoError('UnsupportedTokenTypeException', 'Unsupported token type')
  endGrant(pool, token)
  return null
}
