import type { Db } from '../../db/client.ts'
import type { Env } from '../../env.ts'
import { settleRevocation } from '../../models/revocations.ts'
import { isCognitoError, revokeToken } from '../cognito/cognito.ts'

/** Errors that the same call would get again: the pool revokes nothing, or the endpoint does not know how. */
const HOPELESS = [
  'InvalidParameterException',
  'UnknownOperationException',
  'UnsupportedOperationException',
  'UnsupportedTokenTypeException',
]

/**
 * Has Cognito revoke the refresh token of a session that has ended, and forgets the token.
 * @throws AppError identity_unavailable, too_many_requests; CognitoError for what an operator can mend.
 */
export async function revoke(env: Env, db: Db, sessionHash: string, refreshToken: string): Promise<void> {
  let isRevoked = true
  try {
    await revokeToken(env, refreshToken)
  } catch (error) {
    if (!isCognitoError(error, ...HOPELESS)) throw error
    isRevoked = false
  }
  await settleRevocation(db, sessionHash, isRevoked)
}
