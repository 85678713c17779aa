import { redeemCode, sendCode } from '../codes.ts'
import { CognitoError } from '../error.ts'
import type { Input } from '../input.ts'
import { attributes, invalidParameter, required } from '../input.ts'
import { assertPolicy, hashPassword } from '../password.ts'
import type { Pool } from '../pool.ts'
import { revokeAll, userOfAccessToken } from '../tokens.ts'
import { assertAttributes, assertPassword, findUser, toAttributeList } from '../users.ts'

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html */
export async function getUser(pool: Pool, input: Input) {
  const user = await userOfAccessToken(pool, required(input, 'AccessToken'))
  return { Username: user.sub, UserAttributes: toAttributeList(user) }
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html */
export async function updateUserAttributes(pool: Pool, input: Input) {
  const given = attributes(input, 'UserAttributes')
  if (Object.keys(given).length === 0) throw invalidParameter('UserAttributes is empty')
  const user = await userOfAccessToken(pool, required(input, 'AccessToken'))
  assertAttributes(given)
  const { email, ...others } = given
  Object.assign(user.attributes, others)
  if (email === undefined || email === user.email) return { CodeDeliveryDetailsList: [] }

  const holder = findUser(pool, email)
  if (holder && holder !== user) {
    throw new CognitoError('AliasExistsException', 'An account with the email already exists.')
  }
  user.email = email
  user.emailVerified = false
  return { CodeDeliveryDetailsList: [sendCode(pool, user, 'verify')] }
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifyUserAttribute.html */
export async function verifyUserAttribute(pool: Pool, input: Input) {
  const user = await userOfAccessToken(pool, required(input, 'AccessToken'))
  if (required(input, 'AttributeName') !== 'email') throw invalidParameter('Only email can be verified.')
  redeemCode(pool, user, 'verify', required(input, 'Code'))
  user.emailVerified = true
  return {}
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html */
export async function changePassword(pool: Pool, input: Input) {
  const previous = required(input, 'PreviousPassword')
  const proposed = required(input, 'ProposedPassword')
  const user = await userOfAccessToken(pool, required(input, 'AccessToken'))
  assertPolicy(proposed)
  await assertPassword(pool, user, previous)
  user.passwordHash = await hashPassword(proposed)
  return {}
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUser.html */
export async function deleteUser(pool: Pool, input: Input) {
  const user = await userOfAccessToken(pool, required(input, 'AccessToken'))
  pool.store.state.users = pool.store.state.users.filter(({ sub }) => sub !== user.sub)
  // The real operation answers with an empty body.
  return null
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html */
export async function globalSignOut(pool: Pool, input: Input) {
  const user = await userOfAccessToken(pool, required(input, 'AccessToken'))
  revokeAll(pool, user.sub)
  return {}
}
