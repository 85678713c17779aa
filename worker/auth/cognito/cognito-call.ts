import { AppError } from '../../contract/app-error.ts'
import type { Env } from '../../env.ts'
import { span } from '../../observe/span.ts'
import { isLock, isMisconfiguration, preciseType } from './classify-error.ts'

/** Timeout of a Cognito call, in ms. */
const TIMEOUT_MS = 8_000

/** An error that Cognito names, such as NotAuthorizedException. Its message is dropped: it can hold an email. */
export class CognitoError extends Error {
  override name = 'CognitoError'
  /** Cognito's name of the error; it appears in the log. */
  readonly code: string
  /** Whether the account is locked for a while after many failures; Cognito did not check the password or code. */
  readonly isLocked: boolean

  constructor(code: string, isLocked = false) {
    super(code)
    this.code = code
    this.isLocked = isLocked
  }
}

/** A response of Cognito. `type` is the error's name, or '' without one. */
export type CognitoResponse = { status: number; body: Record<string, unknown>; type: string }

/**
 * Sends one call of Cognito's JSON API, https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/.
 * @throws AppError identity_unavailable if there is no response within the timeout.
 */
export function sendToCognito(env: Env, operation: string, body: Record<string, unknown>): Promise<CognitoResponse> {
  return span(`cognito ${operation}`, {}, () => postToCognito(env, operation, body))
}

async function postToCognito(env: Env, operation: string, body: Record<string, unknown>): Promise<CognitoResponse> {
  try {
    const response = await fetch(env.cognito.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return toResponse(response.status, response.headers.get('x-amzn-errortype') ?? '', await response.text())
  } catch (cause) {
    throw new AppError('identity_unavailable', { cause })
  }
}

/** Parses a response. @throws SyntaxError if a 200 is not a JSON object; errors may be anything, such as a firewall's page. */
function toResponse(status: number, errorType: string, text: string): CognitoResponse {
  // An empty body with 200 is a success.
  if (status === 200) return { status, body: text ? parseObject(text) : {}, type: '' }
  const body = parseError(text)
  const type = errorTypeIn(String(body.__type ?? errorType))
  // A firewall's 403 has no error type.
  return { status, body, type: type || (status === 403 ? 'ForbiddenException' : '') }
}

function parseObject(text: string): Record<string, unknown> {
  const json: unknown = JSON.parse(text)
  if (typeof json !== 'object' || json === null) throw new SyntaxError('not an object')
  return { ...json }
}

function parseError(text: string): Record<string, unknown> {
  try {
    return parseObject(text)
  } catch {
    return {}
  }
}

/** Returns the bare name of an error, also from "com.amazonaws…#NotAuthorizedException:http://…". */
const errorTypeIn = (type: string): string => type.match(/^(?:[\w.]*#)?(\w{1,64})(?::|$)/)?.[1] ?? ''

/**
 * Converts an error response: CognitoError for a refusal; AppError too_many_requests if all calls are throttled,
 * identity_misconfigured for a fault of our settings, identity_unavailable for an outage.
 */
export function toError({ status, body, type }: CognitoResponse): CognitoError | AppError {
  // All calls are throttled; limits of one account have other types, and stay CognitoErrors.
  if (type === 'TooManyRequestsException' || status === 429) {
    return new AppError('too_many_requests', { retryAfter: 60 })
  }
  if (status >= 500 || !type) {
    return new AppError('identity_unavailable', { cause: new CognitoError(type || `HTTP ${status}`) })
  }
  const message = String(body.message ?? body.Message ?? '')
  if (isMisconfiguration(type, message)) {
    return new AppError('identity_misconfigured', { cause: new CognitoError(type) })
  }
  return new CognitoError(preciseType(type, message), isLock(type, message))
}

/** Returns the body of a 200. @throws the result of `toError` for any other status. */
export function bodyOf<T>(response: CognitoResponse): T {
  if (response.status !== 200) throw toError(response)
  return response.body as T
}

/** Calls Cognito and returns the response's body. @throws see `sendToCognito` and `toError`. */
export const callCognito = async <T>(env: Env, operation: string, body: Record<string, unknown>): Promise<T> =>
  bodyOf<T>(await sendToCognito(env, operation, body))
