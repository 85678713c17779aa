import { AppError } from '../../contract/app-error.ts'
import type { Env } from '../../env.ts'
import { span } from '../../observe/span.ts'
import { isLock, isMisconfiguration, preciseType } from './cognito-messages.ts'

/** Timeout of a call, in ms. */
const TIMEOUT = 8_000

/** A refusal that Cognito names, such as NotAuthorizedException. Its message can hold an email: it is not kept. */
export class CognitoError extends Error {
  override name = 'CognitoError'
  /** Cognito's name of it; the log has it too. */
  readonly code: string
  /** The account is locked for a while after many failures: what was tried has not been looked at. */
  readonly isLocked: boolean

  constructor(code: string, isLocked = false) {
    super(code)
    this.code = code
    this.isLocked = isLocked
  }
}

/** An answer of Cognito, good or bad. `type` is the name of the error, empty where there is none. */
export type Reply = { status: number; body: Record<string, unknown>; type: string }

/**
 * Sends one call of Cognito's JSON API, https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/.
 * @throws AppError identity_unavailable when there is no answer.
 */
export function send(env: Env, operation: string, body: Record<string, unknown>): Promise<Reply> {
  return span(`cognito ${operation}`, {}, () => post(env, operation, body))
}

async function post(env: Env, operation: string, body: Record<string, unknown>): Promise<Reply> {
  try {
    const response = await fetch(env.cognito.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT),
    })
    return toReply(response.status, response.headers.get('x-amzn-errortype') ?? '', await response.text())
  } catch (cause) {
    throw new AppError('identity_unavailable', { cause })
  }
}

/** @throws SyntaxError for a success that is no JSON object; an error may be anything, such as a firewall's page. */
function toReply(status: number, errorType: string, text: string): Reply {
  // An empty body with 200 is a success.
  if (status === 200) return { status, body: text ? parseObject(text) : {}, type: '' }
  const body = parseError(text)
  const type = nameIn(String(body.__type ?? errorType))
  // A firewall answers with what its operator likes.
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

/** The name may carry a namespace and a link: "com.amazonaws…#NotAuthorizedException:http://…". */
const nameIn = (type: string): string => type.match(/^(?:[\w.]*#)?(\w{1,64})(?::|$)/)?.[1] ?? ''

/**
 * What a bad reply means: a CognitoError for a refusal; AppError too_many_requests when all calls are throttled,
 * identity_misconfigured when the fault is in our settings, identity_unavailable for an outage.
 */
export function toError({ status, body, type }: Reply): CognitoError | AppError {
  // The other limits are of one account and stay CognitoErrors.
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

/** The body of a success. @throws what `toError` makes of anything else. */
export function bodyOf<T>(reply: Reply): T {
  if (reply.status !== 200) throw toError(reply)
  return reply.body as T
}

/** Calls Cognito, see `send` and `bodyOf`. */
export const call = async <T>(env: Env, operation: string, body: Record<string, unknown>): Promise<T> =>
  bodyOf<T>(await send(env, operation, body))
