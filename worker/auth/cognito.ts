import { AppError } from '../contract/app-error.ts'
import { hmac } from '../digest.ts'
import type { Env } from '../env.ts'
import { span, traceparent } from '../observe/trace.ts'

/** Longer than this, in milliseconds, nobody waits for Cognito. */
const TIMEOUT = 8_000

/** An error that Cognito names, such as NotAuthorizedException. Its message can hold an email: it is not kept. */
export class CognitoError extends Error {
  override name = 'CognitoError'
  readonly type: string
  /** The account is locked for a while after many failures: what was tried has not been looked at. */
  readonly isLocked: boolean

  constructor(type: string, message = '') {
    super(type)
    this.type = type
    this.isLocked = LOCKED.includes(type) || (type === 'NotAuthorizedException' && message.startsWith(LOCKED_MESSAGE))
  }
}

const LOCKED = ['LimitExceededException', 'TooManyFailedAttemptsException']
/** Cognito has no type of its own for an account that is locked after wrong passwords. */
const LOCKED_MESSAGE = 'Password attempts exceeded'

export const isCognitoError = (error: unknown, ...types: string[]): boolean =>
  error instanceof CognitoError && types.includes(error.type)

/** What InitiateAuth and its like answer with. `RefreshToken` is missing when the old one stays. */
export type Tokens = { AccessToken: string; IdToken: string; RefreshToken?: string }
type AuthResult = { AuthenticationResult?: Tokens; ChallengeName?: string; Session?: string }

/** Throttled: the caller should wait. The other limits are of one account, and only it has them: they stay CognitoErrors. */
const THROTTLED = ['TooManyRequestsException']

/**
 * One call of Cognito's JSON API, https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/.
 * An empty body with 200 is a success.
 * @throws CognitoError as Cognito names it; AppError too_many_requests when all calls are throttled; AppError identity_unavailable when it is down.
 */
function call<T>(env: Env, operation: string, body: Record<string, unknown>): Promise<T> {
  return span(`cognito ${operation}`, {}, () => send<T>(env, operation, body))
}

async function send<T>(env: Env, operation: string, body: Record<string, unknown>): Promise<T> {
  let status: number
  let answer: Record<string, unknown>
  try {
    const response = await fetch(env.cognito.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        traceparent: traceparent() ?? '',
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT),
    })
    status = response.status
    const text = await response.text()
    answer = text ? JSON.parse(text) : {}
  } catch (cause) {
    throw new AppError('identity_unavailable', { cause })
  }
  if (status === 200) return answer as T
  // The name may carry a namespace: "com.amazonaws…#NotAuthorizedException".
  const type =
    String(answer.__type ?? '')
      .split('#')
      .pop() ?? ''
  if (THROTTLED.includes(type) || status === 429) throw new AppError('too_many_requests', { retryAfter: 60 })
  if (status >= 500 || !type) throw new AppError('identity_unavailable')
  throw new CognitoError(type, String(answer.message ?? ''))
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

export async function signUp(
  env: Env,
  person: { email: string; password: string; handle: string; display_name: string },
): Promise<void> {
  await call(env, 'SignUp', {
    ...(await client(env, person.email)),
    Username: person.email,
    Password: person.password,
    UserAttributes: [
      { Name: 'email', Value: person.email },
      { Name: 'name', Value: person.display_name },
      { Name: 'preferred_username', Value: person.handle },
    ],
  })
}

/** Confirms an address. Answers the Session that signs the person in, where the pool gives one. */
export async function confirmSignUp(env: Env, email: string, code: string): Promise<string | undefined> {
  const answer = await call<{ Session?: string }>(env, 'ConfirmSignUp', {
    ...(await client(env, email)),
    Username: email,
    ConfirmationCode: code,
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
  return call<AuthResult>(env, 'InitiateAuth', {
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
  const result = await initiateAuth(env, 'USER_PASSWORD_AUTH', email, { USERNAME: email, PASSWORD: password })
  if (result.ChallengeName !== 'NEW_PASSWORD_REQUIRED' || !newPassword) return toTokens(result)
  const answer = await call<AuthResult>(env, 'RespondToAuthChallenge', {
    ClientId: env.cognito.clientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: result.Session,
    ChallengeResponses: {
      USERNAME: email,
      NEW_PASSWORD: newPassword,
      SECRET_HASH: await secretHash(env, email),
    },
  })
  return toTokens(answer)
}

/** Signs in right after confirming, by the Session that ConfirmSignUp gave. */
export async function signInConfirmed(env: Env, email: string, session: string): Promise<Tokens> {
  return toTokens(await initiateAuth(env, 'USER_AUTH', email, { USERNAME: email }, session))
}

/**
 * New tokens for a refresh token. GetTokensFromRefreshToken is the one call that works where the pool rotates them;
 * an endpoint or a pool that does not know it gets REFRESH_TOKEN_AUTH.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html
 */
export async function refresh(env: Env, refreshToken: string, username: string): Promise<Tokens> {
  try {
    const answer = await call<AuthResult>(env, 'GetTokensFromRefreshToken', {
      ClientId: env.cognito.clientId,
      ClientSecret: env.cognito.clientSecret,
      RefreshToken: refreshToken,
    })
    return toTokens(answer)
  } catch (error) {
    if (
      !isCognitoError(error, 'UnknownOperationException', 'UnsupportedOperationException', 'InvalidParameterException')
    )
      throw error
  }
  return toTokens(await initiateAuth(env, 'REFRESH_TOKEN_AUTH', username, { REFRESH_TOKEN: refreshToken }))
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
