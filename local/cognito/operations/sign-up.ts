import { assertClient, assertSecretHash } from '../client.ts'
import { expiredCode, redeemCode, sendCode, simulateDelivery } from '../codes.ts'
import { CognitoError } from '../error.ts'
import type { Input } from '../input.ts'
import { attributes, invalidParameter, optional, required, requiredUsername } from '../input.ts'
import { assertPolicy } from '../password.ts'
import type { Pool } from '../pool.ts'
import { hasSession, openSession, takeSession } from '../pool.ts'
import { addUser, assertAttributes, findUser } from '../users.ts'

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html */
export async function signUp(pool: Pool, input: Input) {
  assertClient(pool, input)
  const username = requiredUsername(input)
  const password = required(input, 'Password')
  assertSecretHash(pool, username, optional(input, 'SecretHash'))
  const { email = username, ...others } = attributes(input, 'UserAttributes')
  assertAttributes(others)
  if (!EMAIL.test(username)) throw invalidParameter('Invalid email address format.')
  if (email !== username) throw invalidParameter('Value of email should be equal to username.')
  assertPolicy(password)

  const user = await addUser(pool, { email, password, attributes: others, status: 'UNCONFIRMED' })
  const delivery = sendCode(pool, user, 'confirm')
  // Only clients with USER_AUTH get a Session. It has the same lifetime as the Sessions of a sign-in.
  const session = pool.settings.confirmSession ? { Session: openSession(pool, 'signed-up', user.sub) } : {}
  return { UserConfirmed: false, UserSub: user.sub, CodeDeliveryDetails: delivery, ...session }
}

/**
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html: with the Session of SignUp it
 * returns one that signs in. AWS does not document the effect of an expired one; here it is refused before the code is checked.
 */
export async function confirmSignUp(pool: Pool, input: Input) {
  assertClient(pool, input)
  const username = requiredUsername(input)
  const code = required(input, 'ConfirmationCode')
  assertSecretHash(pool, username, optional(input, 'SecretHash'))
  const user = findUser(pool, username)
  if (!user) throw expiredCode()
  if (user.status !== 'UNCONFIRMED') {
    throw new CognitoError('NotAuthorizedException', `User cannot be confirmed. Current status is ${user.status}`)
  }
  const session = optional(input, 'Session')
  if (session !== undefined && !hasSession(pool, session, 'signed-up', user.sub)) {
    throw new CognitoError('NotAuthorizedException', 'Invalid session for the user, session is expired.')
  }
  redeemCode(pool, user, 'confirm', code)
  user.status = 'CONFIRMED'
  user.emailVerified = true
  if (session === undefined) return {}
  takeSession(pool, session, 'signed-up', user.sub)
  return { Session: openSession(pool, 'confirmed', user.sub) }
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html */
export async function resendConfirmationCode(pool: Pool, input: Input) {
  assertClient(pool, input)
  const username = requiredUsername(input)
  assertSecretHash(pool, username, optional(input, 'SecretHash'))
  const user = findUser(pool, username)
  if (!user) return { CodeDeliveryDetails: simulateDelivery(username) }
  if (user.status !== 'UNCONFIRMED') throw invalidParameter('User is already confirmed.')
  return { CodeDeliveryDetails: sendCode(pool, user, 'confirm') }
}
