import { assertClient, assertSecretHash } from '../client.ts'
import { codeMismatch, redeemCode, sendCode, simulateDelivery } from '../codes.ts'
import type { Input } from '../input.ts'
import { optional, required, requiredUsername } from '../input.ts'
import { assertPolicy, hashPassword } from '../password.ts'
import type { Pool } from '../pool.ts'
import { findUser } from '../users.ts'

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html */
export async function forgotPassword(pool: Pool, input: Input) {
  assertClient(pool, input)
  const username = requiredUsername(input)
  assertSecretHash(pool, username, optional(input, 'SecretHash'))
  const user = findUser(pool, username)
  // Unknown user or unverified email:
  // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
  if (!user?.emailVerified) return { CodeDeliveryDetails: simulateDelivery(username) }
  return { CodeDeliveryDetails: sendCode(pool, user, 'recover') }
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html */
export async function confirmForgotPassword(pool: Pool, input: Input) {
  assertClient(pool, input)
  const username = requiredUsername(input)
  const code = required(input, 'ConfirmationCode')
  const password = required(input, 'Password')
  assertSecretHash(pool, username, optional(input, 'SecretHash'))
  assertPolicy(password)
  const user = findUser(pool, username)
  if (!user) throw codeMismatch()
  redeemCode(pool, user, 'recover', code)
  user.passwordHash = await hashPassword(password)
  user.failures = 0
  user.lockedUntil = 0
  // Entering the mailed code proves that the account belongs to the user.
  user.status = 'CONFIRMED'
  return {}
}
