import type { Db } from '../../db/client.ts'
import type { Env } from '../../env.ts'
import { settleRevocation } from '../../models/revocations.ts'
import { isCognitoError, revokeToken } from '../cognito/cognito.ts'

/** Final errors: the token cannot be revoked, the pool has revocation disabled, or the endpoint lacks the operation. */
const FINAL_ERRORS = [
  'InvalidParameterException',
  'UnknownOperationException',
  'UnsupportedOperationException',
  'UnsupportedTokenTypeException',
]

/**
 * Revokes the refresh token of an ended session at Cognito and deletes our sealed copy.
 * @throws AppError identity_unavailable, too_many_requests; CognitoError for errors that an operator can fix.
 */
export async function revoke(env: Env, db: Db, sessionHash: string, refreshToken: string): Promise<void> {
  let isRevoked = true
  try {
    await revokeToken(env, refreshToken)
  } catch (error) {
    if (!isCognitoError(error, ...FINAL_ERRORS)) throw error
    isRevoked = false
  }
  await settleRevocation(db, sessionHash, isRevoked)
}
