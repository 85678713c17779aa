import { AppError } from '../../contract/app-error.ts'
import { hmac } from '../../digest.ts'
import type { Env } from '../../env.ts'
import { bodyOf, CognitoError, type CognitoResponse, callCognito, sendToCognito, toError } from './cognito-call.ts'

// One function per operation of Cognito's API. Each throws what `callCognito` throws.

export const isCognitoError = (error: unknown, ...types: string[]): boolean =>
  error instanceof CognitoError && types.includes(error.code)

/** Tokens of a successful authentication. `RefreshToken` is missing if the old one stays valid. */
export type Tokens = { AccessToken: string; IdToken: string; RefreshToken?: string }
type AuthResult = {
  AuthenticationResult?: Tokens
  ChallengeName?: string
  ChallengeParameters?: Record<string, string>
  Session?: string
}

/** Returns base64(HMAC-SHA256(client secret, username + client id)); undefined if the app client has no secret. */
async function secretHash(env: Env, username: string): Promise<string | undefined> {
  const { clientId, clientSecret } = env.cognito
  if (!clientSecret) return undefined
  return btoa(String.fromCharCode(...(await hmac(clientSecret, username + clientId))))
}

/** Returns the parameters that identify the app client. */
async function clientParameters(env: Env, username: string) {
  return { ClientId: env.cognito.clientId, SecretHash: await secretHash(env, username) }
}

/** An account that SignUp created. `session` is for ConfirmSignUp; only some pools return one. */
export type SignedUp = { sub: string; session?: string }

export async function signUp(
  env: Env,
  person: { email: string; password: string; handle: string; display_name: string },
): Promise<SignedUp> {
  const { UserSub, Session } = await callCognito<{ UserSub: string; Session?: string }>(env, 'SignUp', {
    ...(await clientParameters(env, person.email)),
    Username: person.email,
    Password: person.password,
    UserAttributes: [
      { Name: 'email', Value: person.email },
      { Name: 'name', Value: person.display_name },
      { Name: 'preferred_username', Value: person.handle },
    ],
  })
  return { sub: UserSub, ...(Session && { session: Session }) }
}

/**
 * Confirms an email. Given the Session of SignUp, returns a Session for `signInConfirmed`.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html
 */
export async function confirmSignUp(
  env: Env,
  email: string,
  code: string,
  session: string | undefined,
): Promise<string | undefined> {
  const answer = await callCognito<{ Session?: string }>(env, 'ConfirmSignUp', {
    ...(await clientParameters(env, email)),
    Username: email,
    ConfirmationCode: code,
    Session: session,
  })
  return answer.Session
}

export async function resendConfirmationCode(env: Env, email: string): Promise<void> {
  await callCognito(env, 'ResendConfirmationCode', { ...(await clientParameters(env, email)), Username: email })
}

export async function forgotPassword(env: Env, email: string): Promise<void> {
  await callCognito(env, 'ForgotPassword', { ...(await clientParameters(env, email)), Username: email })
}

export async function confirmForgotPassword(env: Env, email: string, code: string, password: string): Promise<void> {
  await callCognito(env, 'ConfirmForgotPassword', {
    ...(await clientParameters(env, email)),
    Username: email,
    ConfirmationCode: code,
    Password: password,
  })
}

async function initiateAuth(env: Env, flow: string, username: string, parameters: object, session?: string) {
  return sendToCognito(env, 'InitiateAuth', {
    AuthFlow: flow,
    ClientId: env.cognito.clientId,
    AuthParameters: { ...parameters, SECRET_HASH: await secretHash(env, username) },
    Session: session,
  })
}

/** Returns the tokens. @throws AppError password_change_required or challenge_unsupported for a challenge. */
function toTokens({ AuthenticationResult, ChallengeName }: AuthResult): Tokens {
  if (AuthenticationResult) return AuthenticationResult
  const code = ChallengeName === 'NEW_PASSWORD_REQUIRED' ? 'password_change_required' : 'challenge_unsupported'
  throw new AppError(code)
}

/**
 * Signs in with a password. `newPassword` answers the challenge NEW_PASSWORD_REQUIRED of an account made by an administrator.
 * @throws AppError password_change_required, or challenge_unsupported for any other challenge.
 */
export async function signIn(env: Env, email: string, password: string, newPassword?: string): Promise<Tokens> {
  const parameters = { USERNAME: email, PASSWORD: password }
  const result = bodyOf<AuthResult>(await initiateAuth(env, 'USER_PASSWORD_AUTH', email, parameters))
  if (result.ChallengeName !== 'NEW_PASSWORD_REQUIRED' || !newPassword) return toTokens(result)
  // The challenge's SECRET_HASH must be made from the pool's username, not from the email.
  const username = result.ChallengeParameters?.USER_ID_FOR_SRP ?? email
  const answer = await callCognito<AuthResult>(env, 'RespondToAuthChallenge', {
    ClientId: env.cognito.clientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: result.Session,
    ChallengeResponses: {
      USERNAME: username,
      NEW_PASSWORD: newPassword,
      SECRET_HASH: await secretHash(env, username),
    },
  })
  return toTokens(answer)
}

/**
 * Signs in right after confirming, with the Session of ConfirmSignUp.
 * @throws CognitoError if the app client does not allow USER_AUTH: the user then types the password.
 */
export async function signInConfirmed(env: Env, email: string, session: string): Promise<Tokens> {
  const response = await initiateAuth(env, 'USER_AUTH', email, { USERNAME: email }, session)
  if (response.type === 'InvalidParameterException') throw new CognitoError(response.type)
  return toTokens(bodyOf(response))
}

/** Errors of GetTokensFromRefreshToken by which an endpoint that supports it refuses a token. */
const REFUSES_REFRESH = new Set([
  'ForbiddenException',
  'InvalidLambdaResponseException',
  'NotAuthorizedException',
  'PasswordResetRequiredException',
  'RefreshTokenReuseException',
  'ResourceNotFoundException',
  'TooManyRequestsException',
  'UnexpectedLambdaException',
  'UserLambdaValidationException',
  'UserNotConfirmedException',
  'UserNotFoundException',
])

/** Returns whether the endpoint may lack the operation: then it answers 400, 404, 500 or 501 with another error or none. */
const mayLackOperation = ({ status, type }: CognitoResponse): boolean => status <= 501 && !REFUSES_REFRESH.has(type)

/**
 * Returns new tokens for a refresh token. Only GetTokensFromRefreshToken works if the pool rotates refresh tokens; an endpoint
 * that lacks it gets REFRESH_TOKEN_AUTH.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html
 * @param username of the token's owner in the pool, for the SECRET_HASH of REFRESH_TOKEN_AUTH; not the email.
 * @throws CognitoError if the token is refused; InvalidParameterException if both calls are refused.
 */
export async function refreshTokens(env: Env, refreshToken: string, username: string): Promise<Tokens> {
  const direct = await sendToCognito(env, 'GetTokensFromRefreshToken', {
    ClientId: env.cognito.clientId,
    ClientSecret: env.cognito.clientSecret,
    RefreshToken: refreshToken,
  })
  if (direct.status === 200 || !mayLackOperation(direct)) return toTokens(bodyOf(direct))
  const byFlow = await initiateAuth(env, 'REFRESH_TOKEN_AUTH', username, { REFRESH_TOKEN: refreshToken })
  if (byFlow.type !== 'InvalidParameterException') return toTokens(bodyOf(byFlow))
  // A pool that rotates tokens disables REFRESH_TOKEN_AUTH, so after a 5xx its refusal says nothing about the token.
  throw direct.status >= 500 ? toError(direct) : new CognitoError(byFlow.type)
}

/** Revokes a refresh token and the access tokens issued with it. */
export async function revokeToken(env: Env, refreshToken: string): Promise<void> {
  await callCognito(env, 'RevokeToken', {
    ClientId: env.cognito.clientId,
    ClientSecret: env.cognito.clientSecret,
    Token: refreshToken,
  })
}

export async function globalSignOut(env: Env, accessToken: string): Promise<void> {
  await callCognito(env, 'GlobalSignOut', { AccessToken: accessToken })
}

export async function changePassword(env: Env, accessToken: string, current: string, next: string): Promise<void> {
  await callCognito(env, 'ChangePassword', {
    AccessToken: accessToken,
    PreviousPassword: current,
    ProposedPassword: next,
  })
}

/** Deletes the access token's account from the pool. */
export async function deleteUser(env: Env, accessToken: string): Promise<void> {
  await callCognito(env, 'DeleteUser', { AccessToken: accessToken })
}

/** Returns the account's attributes by name: sub, email, name, preferred_username and others. */
export async function getUser(env: Env, accessToken: string): Promise<Record<string, string>> {
  const answer = await callCognito<{ UserAttributes?: { Name: string; Value?: string }[] }>(env, 'GetUser', {
    AccessToken: accessToken,
  })
  return Object.fromEntries((answer.UserAttributes ?? []).map(({ Name, Value }) => [Name, Value ?? '']))
}

/** Copies the user's handle to Cognito. */
export async function setHandle(env: Env, accessToken: string, handle: string): Promise<void> {
  await callCognito(env, 'UpdateUserAttributes', {
    AccessToken: accessToken,
    UserAttributes: [{ Name: 'preferred_username', Value: handle }],
  })
}
