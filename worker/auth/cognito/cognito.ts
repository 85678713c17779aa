import { AppError } from '../../contract/app-error.ts'
import { hmac } from '../../digest.ts'
import type { Env } from '../../env.ts'
import { bodyOf, CognitoError, call, type Reply, send, toError } from './cognito-call.ts'

// One function a call of Cognito's API, each throwing what `call` does.

export const isCognitoError = (error: unknown, ...types: string[]): boolean =>
  error instanceof CognitoError && types.includes(error.code)

/** What InitiateAuth and its like answer with. `RefreshToken` is missing when the old one stays. */
export type Tokens = { AccessToken: string; IdToken: string; RefreshToken?: string }
type AuthResult = {
  AuthenticationResult?: Tokens
  ChallengeName?: string
  ChallengeParameters?: Record<string, string>
  Session?: string
}

/** base64(HMAC-SHA256(client secret, username + client id)); nothing when the client has no secret. */
async function secretHash(env: Env, username: string): Promise<string | undefined> {
  const { clientId, clientSecret } = env.cognito
  if (!clientSecret) return undefined
  return btoa(String.fromCharCode(...(await hmac(clientSecret, username + clientId))))
}

/** Parameters of the calls that take the hash beside the client id. */
async function client(env: Env, username: string) {
  return { ClientId: env.cognito.clientId, SecretHash: await secretHash(env, username) }
}

/** An account that SignUp has made; `session` goes to ConfirmSignUp, where the pool gives one. */
export type SignedUp = { sub: string; session?: string }

export async function signUp(
  env: Env,
  person: { email: string; password: string; handle: string; display_name: string },
): Promise<SignedUp> {
  const { UserSub, Session } = await call<{ UserSub: string; Session?: string }>(env, 'SignUp', {
    ...(await client(env, person.email)),
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
 * Confirms an address. With the Session of SignUp it answers one that signs the person in.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html
 */
export async function confirmSignUp(
  env: Env,
  email: string,
  code: string,
  session: string | undefined,
): Promise<string | undefined> {
  const answer = await call<{ Session?: string }>(env, 'ConfirmSignUp', {
    ...(await client(env, email)),
    Username: email,
    ConfirmationCode: code,
    Session: session,
  })
  return answer.Session
}

export async function resendConfirmationCode(env: Env, email: string): Promise<void> {
  await call(env, 'ResendConfirmationCode', { ...(await client(env, email)), Username: email })
}

export async function forgotPassword(env: Env, email: string): Promise<void> {
  await call(env, 'ForgotPassword', { ...(await client(env, email)), Username: email })
}

export async function confirmForgotPassword(env: Env, email: string, code: string, password: string): Promise<void> {
  await call(env, 'ConfirmForgotPassword', {
    ...(await client(env, email)),
    Username: email,
    ConfirmationCode: code,
    Password: password,
  })
}

async function initiateAuth(env: Env, flow: string, username: string, parameters: object, session?: string) {
  return send(env, 'InitiateAuth', {
    AuthFlow: flow,
    ClientId: env.cognito.clientId,
    AuthParameters: { ...parameters, SECRET_HASH: await secretHash(env, username) },
    Session: session,
  })
}

/** Tokens, or the reason why there are none. */
function toTokens({ AuthenticationResult, ChallengeName }: AuthResult): Tokens {
  if (AuthenticationResult) return AuthenticationResult
  const code = ChallengeName === 'NEW_PASSWORD_REQUIRED' ? 'password_change_required' : 'challenge_unsupported'
  throw new AppError(code)
}

/**
 * Signs in with a password. Where an administrator made the account, `newPassword` answers the challenge for one.
 * @throws AppError password_change_required, or challenge_unsupported for any other challenge.
 */
export async function signIn(env: Env, email: string, password: string, newPassword?: string): Promise<Tokens> {
  const parameters = { USERNAME: email, PASSWORD: password }
  const result = bodyOf<AuthResult>(await initiateAuth(env, 'USER_PASSWORD_AUTH', email, parameters))
  if (result.ChallengeName !== 'NEW_PASSWORD_REQUIRED' || !newPassword) return toTokens(result)
  // From here on the person has the name that the pool gave them: a hash of the email does not verify.
  const username = result.ChallengeParameters?.USER_ID_FOR_SRP ?? email
  const answer = await call<AuthResult>(env, 'RespondToAuthChallenge', {
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
 * Signs in right after confirming, by the Session that ConfirmSignUp gave.
 * @throws CognitoError where the client does not allow USER_AUTH: the person then types their password.
 */
export async function signInConfirmed(env: Env, email: string, session: string): Promise<Tokens> {
  const reply = await initiateAuth(env, 'USER_AUTH', email, { USERNAME: email }, session)
  if (reply.type === 'InvalidParameterException') throw new CognitoError(reply.type)
  return toTokens(bodyOf(reply))
}

/** Errors by which an endpoint shows that it knows GetTokensFromRefreshToken, and refuses this token. */
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

/** An endpoint that lacks the operation answers 400, 404, 500 or 501 with an error of its own, or with none. */
const mayLackOperation = ({ status, type }: Reply): boolean => status <= 501 && !REFUSES_REFRESH.has(type)

/**
 * New tokens for a refresh token. GetTokensFromRefreshToken is the one call that works where the pool rotates them; an
 * endpoint that does not know it gets REFRESH_TOKEN_AUTH.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html
 * @param username of the token's owner in the pool, which is not the email; the SECRET_HASH of the flow is made from it.
 * @throws CognitoError when the token is refused, InvalidParameterException when both calls refuse it as such.
 */
export async function refresh(env: Env, refreshToken: string, username: string): Promise<Tokens> {
  const direct = await send(env, 'GetTokensFromRefreshToken', {
    ClientId: env.cognito.clientId,
    ClientSecret: env.cognito.clientSecret,
    RefreshToken: refreshToken,
  })
  if (direct.status === 200 || !mayLackOperation(direct)) return toTokens(bodyOf(direct))
  const byFlow = await initiateAuth(env, 'REFRESH_TOKEN_AUTH', username, { REFRESH_TOKEN: refreshToken })
  if (byFlow.type !== 'InvalidParameterException') return toTokens(bodyOf(byFlow))
  // Where tokens rotate the flow is off, so after a 5xx its refusal says nothing about the token.
  throw direct.status >= 500 ? toError(direct) : new CognitoError(byFlow.type)
}

/** Ends one session: its refresh token, and with it the tokens it made. */
export async function revokeToken(env: Env, refreshToken: string): Promise<void> {
  await call(env, 'RevokeToken', {
    ClientId: env.cognito.clientId,
    ClientSecret: env.cognito.clientSecret,
    Token: refreshToken,
  })
}

export async function globalSignOut(env: Env, accessToken: string): Promise<void> {
  await call(env, 'GlobalSignOut', { AccessToken: accessToken })
}

export async function changePassword(env: Env, accessToken: string, current: string, next: string): Promise<void> {
  await call(env, 'ChangePassword', { AccessToken: accessToken, PreviousPassword: current, ProposedPassword: next })
}

/** Deletes the account that the token is of, in the pool. */
export async function deleteUser(env: Env, accessToken: string): Promise<void> {
  await call(env, 'DeleteUser', { AccessToken: accessToken })
}

/** A person's attributes by name, among them sub, email, name, preferred_username. */
export async function getUser(env: Env, accessToken: string): Promise<Record<string, string>> {
  const answer = await call<{ UserAttributes?: { Name: string; Value?: string }[] }>(env, 'GetUser', {
    AccessToken: accessToken,
  })
  return Object.fromEntries((answer.UserAttributes ?? []).map(({ Name, Value }) => [Name, Value ?? '']))
}

/** Keeps Cognito's copy of the handle in step with ours. */
export async function setHandle(env: Env, accessToken: string, handle: string): Promise<void> {
  await call(env, 'UpdateUserAttributes', {
    AccessToken: accessToken,
    UserAttributes: [{ Name: 'preferred_username', Value: handle }],
  })
}
