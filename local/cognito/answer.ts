import type { IncomingMessage, ServerResponse } from 'node:http'
import { CognitoError } from './error.ts'
import type { Input } from './input.ts'
import * as account from './operations/account.ts'
import * as administer from './operations/administer.ts'
import * as recover from './operations/recover.ts'
import { revokeToken } from './operations/revoke-token.ts'
import * as signIn from './operations/sign-in.ts'
import * as signUp from './operations/sign-up.ts'
import type { Pool } from './pool.ts'
import { publicKeys } from './tokens.ts'

const TARGET_PREFIX = 'AWSCognitoIdentityProviderService.'

/** Returns the response's body; null for an empty one. */
type Operation = (pool: Pool, input: Input) => Promise<object | null>

const OPERATIONS: Record<string, Operation> = {
  SignUp: signUp.signUp,
  ConfirmSignUp: signUp.confirmSignUp,
  ResendConfirmationCode: signUp.resendConfirmationCode,
  InitiateAuth: signIn.initiateAuth,
  GetTokensFromRefreshToken: signIn.getTokensFromRefreshToken,
  RespondToAuthChallenge: signIn.respondToAuthChallenge,
  ForgotPassword: recover.forgotPassword,
  ConfirmForgotPassword: recover.confirmForgotPassword,
  ChangePassword: account.changePassword,
  GetUser: account.getUser,
  UpdateUserAttributes: account.updateUserAttributes,
  VerifyUserAttribute: account.verifyUserAttribute,
  GlobalSignOut: account.globalSignOut,
  DeleteUser: account.deleteUser,
  RevokeToken: revokeToken,
}
/** Operations of administrators: requests must be signed with AWS credentials. */
const SIGNED_OPERATIONS: Record<string, Operation> = {
  DescribeUserPool: administer.describeUserPool,
  DescribeUserPoolClient: administer.describeUserPoolClient,
  ListUsers: administer.listUsers,
  AdminAddUserToGroup: administer.adminAddUserToGroup,
  AdminRemoveUserFromGroup: administer.adminRemoveUserFromGroup,
}

/** Answers a request to the JSON API or for the JWKS. */
export async function handleRequest(pool: Pool, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET' && request.url === `/${pool.settings.userPoolId}/.well-known/jwks.json`) {
    return sendJson(response, 200, publicKeys(pool))
  }
  if (request.method !== 'POST' || request.url !== '/') return sendJson(response, 404, {})
  if (pool.settings.firewall === 'html') return sendText(response, 403, '<html><h1>Request blocked.</h1></html>')
  const unknown = Object.entries(pool.settings.unknownOperations).find(([name]) => name === operationName(request))?.[1]
  if (unknown) return sendJson(response, unknown.status, unknown.type === undefined ? {} : { __type: unknown.type })
  try {
    assertSetUp(pool)
    const operation = findOperation(request, pool)
    const result = await operation(pool, await readInput(request))
    await pool.store.save()
    sendJson(response, 200, result)
  } catch (error) {
    // Save also after an error: wrong passwords and codes are counted.
    await pool.store.save()
    if (error instanceof CognitoError) sendJson(response, error.status, { __type: error.type, message: error.message })
    else sendJson(response, 500, { __type: 'InternalErrorException', message: String(error) })
  }
}

function operationName(request: IncomingMessage): string {
  const target = String(request.headers['x-amz-target'] ?? '')
  return target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : ''
}

/** Throws the configured error of a misconfigured pool or its firewall. */
function assertSetUp({ settings: { firewall, refusal } }: Pool): void {
  if (firewall) throw new CognitoError('ForbiddenException', 'Request not allowed due to WAF block.', 403)
  if (refusal) throw new CognitoError(refusal, 'The pool is not set up for this.')
}

function findOperation(request: IncomingMessage, pool: Pool): Operation {
  const isJson = request.headers['content-type']?.startsWith('application/x-amz-json-1.1')
  const name = operationName(request)
  const signed = isJson && Object.hasOwn(SIGNED_OPERATIONS, name) ? SIGNED_OPERATIONS[name] : undefined
  if (signed) {
    assertSigned(request, pool.settings.region)
    return signed
  }
  const operation = isJson && Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined
  if (!operation) throw new CognitoError('UnknownOperationException', `Unknown operation ${name}`)
  return operation
}

/** Checks that a request is signed for this service, with any key: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
function assertSigned(request: IncomingMessage, region: string): void {
  const scope = new RegExp(`^AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/${region}/cognito-idp/aws4_request, .*Signature=`)
  if (!scope.test(request.headers.authorization ?? '')) {
    throw new CognitoError('MissingAuthenticationTokenException', 'Missing Authentication Token')
  }
}

async function readInput(request: IncomingMessage): Promise<Input> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  try {
    const input: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Input
  } catch {
    // Throws below, like for any other body that is not an object.
  }
  throw new CognitoError('SerializationException', 'The request body is not a JSON object')
}

/** Sends a JSON body; an error's type is also a header. */
export function sendJson(response: ServerResponse, status: number, body: object | null): void {
  const type = (body as { __type?: string } | null)?.__type
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': crypto.randomUUID(),
    ...(type && { 'x-amzn-errortype': `${type}:` }),
  })
  response.end(body === null ? '' : JSON.stringify(body))
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/html' })
  response.end(text)
}
