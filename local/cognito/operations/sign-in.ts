import { assertClient, assertClientSecret, assertSecretHash } from '../client.ts'
import { CognitoError, incorrectCredentials, passwordResetRequired } from '../error.ts'
import type { Input } from '../input.ts'
import { invalidParameter, map, optional, required, requiredEntry } from '../input.ts'
import { assertPolicy, hashPassword } from '../password.ts'
import type { Pool } from '../pool.ts'
import { openSession, takeSession } from '../pool.ts'
import type { User } from '../state.ts'
import { issueTokens, ownerOf, refreshTokens } from '../tokens.ts'
import { assertAttributes, assertPassword, findUser } from '../users.ts'

/** The value of ExplicitAuthFlows that allows a flow. */
const ALLOWED_BY: Record<string, string> = {
  USER_PASSWORD_AUTH: 'ALLOW_USER_PASSWORD_AUTH',
  REFRESH_TOKEN_AUTH: 'ALLOW_REFRESH_TOKEN_AUTH',
  REFRESH_TOKEN: 'ALLOW_REFRESH_TOKEN_AUTH',
  USER_AUTH: 'ALLOW_USER_AUTH',
  USER_SRP_AUTH: 'ALLOW_USER_SRP_AUTH',
  CUSTOM_AUTH: 'ALLOW_CUSTOM_AUTH',
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html */
export async function initiateAuth(pool: Pool, input: Input) {
  const flow = required(input, 'AuthFlow')
  assertClient(pool, input)
  const allowedBy = ALLOWED_BY[flow]
  if (allowedBy === undefined) {
    throw invalidParameter(
      `1 validation error detected: Value '${flow}' at 'authFlow' failed to satisfy constraint: ` +
        'Member must satisfy enum value set: [ADMIN_NO_SRP_AUTH, ADMIN_USER_PASSWORD_AUTH, USER_SRP_AUTH, ' +
        'REFRESH_TOKEN_AUTH, REFRESH_TOKEN, CUSTOM_AUTH, USER_PASSWORD_AUTH, USER_AUTH]',
    )
  }
  const parameters = map(input, 'AuthParameters')
  if (pool.settings.flows.includes(allowedBy)) {
    if (flow === 'USER_PASSWORD_AUTH') return signInWithPassword(pool, parameters)
    if (flow === 'USER_AUTH') return signInByChoice(pool, parameters, optional(input, 'Session'))
    if (allowedBy === 'ALLOW_REFRESH_TOKEN_AUTH') return signInWithRefreshToken(pool, parameters)
  }
  throw invalidParameter(`${flow} flow not enabled for this client`)
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html */
export async function getTokensFromRefreshToken(pool: Pool, input: Input) {
  assertClient(pool, input)
  const token = required(input, 'RefreshToken')
  assertClientSecret(pool, optional(input, 'ClientSecret'), 'NotAuthorizedException')
  return { AuthenticationResult: await refreshTokens(pool, token) }
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html */
export async function respondToAuthChallenge(pool: Pool, input: Input) {
  assertClient(pool, input)
  const challenge = required(input, 'ChallengeName')
  if (challenge !== 'NEW_PASSWORD_REQUIRED') throw invalidParameter(`${challenge} is not a challenge of this user.`)
  const responses = map(input, 'ChallengeResponses')
  const username = requiredEntry(responses, 'USERNAME')
  const password = requiredEntry(responses, 'NEW_PASSWORD')
  const user = findUser(pool, username)
  // The hash must be made from the sub, even if USERNAME is the email.
  assertSecretHash(pool, user?.sub ?? username, responses.SECRET_HASH)
  if (!user) throw incorrectCredentials()
  assertPolicy(password)
  const given = givenAttributes(responses)
  assertAttributes(given)

  const session = takeSession(pool, required(input, 'Session'), 'new-password', user.sub)
  if (session === null) {
    throw new CognitoError('NotAuthorizedException', 'Invalid session for the user, session is expired.')
  }
  user.passwordHash = await hashPassword(password)
  user.status = 'CONFIRMED'
  Object.assign(user.attributes, given)
  return { AuthenticationResult: await issueTokens(pool, user), ChallengeParameters: {} }
}

async function signInWithPassword(pool: Pool, parameters: Record<string, string>) {
  const username = requiredEntry(parameters, 'USERNAME')
  const password = requiredEntry(parameters, 'PASSWORD')
  assertSecretHash(pool, username, parameters.SECRET_HASH)
  const user = findUser(pool, username)
  if (!user) throw incorrectCredentials()
  if (user.status === 'RESET_REQUIRED') throw passwordResetRequired()
  await assertPassword(pool, user, password)
  if (user.status === 'UNCONFIRMED') throw new CognitoError('UserNotConfirmedException', 'User is not confirmed.')
  if (user.status === 'FORCE_CHANGE_PASSWORD') return newPasswordChallenge(pool, user)
  return { AuthenticationResult: await issueTokens(pool, user), ChallengeParameters: {} }
}

async function signInWithRefreshToken(pool: Pool, parameters: Record<string, string>) {
  const token = requiredEntry(parameters, 'REFRESH_TOKEN')
  // The hash must be made from the sub.
  assertSecretHash(pool, ownerOf(pool, token) ?? '', parameters.SECRET_HASH)
  return { AuthenticationResult: await refreshTokens(pool, token), ChallengeParameters: {} }
}

// With the Session of ConfirmSignUp the user is signed in without a password:
// https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
async function signInByChoice(pool: Pool, parameters: Record<string, string>, session: string | undefined) {
  const username = requiredEntry(parameters, 'USERNAME')
  assertSecretHash(pool, username, parameters.SECRET_HASH)
  const user = findUser(pool, username)
  if (session === undefined) {
    return {
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: ['PASSWORD'],
      ChallengeParameters: {},
      Session: openSession(pool, 'new-password', ''),
    }
  }
  if (!user || takeSession(pool, session, 'confirmed', user.sub) === null) {
    throw new CognitoError('NotAuthorizedException', 'Invalid session for the user.')
  }
  return { AuthenticationResult: await issueTokens(pool, user), ChallengeParameters: {} }
}

function newPasswordChallenge(pool: Pool, user: User) {
  const { email, emailVerified, attributes } = user
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: openSession(pool, 'new-password', user.sub),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.sub,
      requiredAttributes: '[]',
      userAttributes: JSON.stringify({ email, email_verified: String(emailVerified), ...attributes }),
    },
  }
}

// Attributes are entries named `userAttributes.<name>`.
function givenAttributes(responses: Record<string, string>): Record<string, string> {
  const prefix = 'userAttributes.'
  const entries = Object.entries(responses).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length), value]))
}
