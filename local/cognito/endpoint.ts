import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CognitoError } from './error.ts'
import type { Input } from './input.ts'
import * as account from './operations/account.ts'
import * as administer from './operations/administer.ts'
import * as recover from './operations/recover.ts'
import { revokeToken } from './operations/revoke-token.ts'
import * as signIn from './operations/sign-in.ts'
import * as signUp from './operations/sign-up.ts'
import type { Overrides, Pool } from './pool.ts'
import { withDefaults } from './pool.ts'
import type { CodePurpose } from './state.ts'
import { openStore } from './state.ts'
import { publicKeys } from './tokens.ts'
import { addUser, findUser } from './users.ts'

const REGION = 'us-east-1'
const USER_POOL_ID = 'us-east-1_CruddurLo'
const CLIENT_ID = '1localcruddurappclient0000'
const TARGET_PREFIX = 'AWSCognitoIdentityProviderService.'

const OPERATIONS: Record<string, (pool: Pool, input: Input) => Promise<object | null>> = {
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
/** Those of whoever administers the pool: signed by AWS credentials. */
const SIGNED_OPERATIONS: typeof OPERATIONS = {
  DescribeUserPool: administer.describeUserPool,
  DescribeUserPoolClient: administer.describeUserPoolClient,
  ListUsers: administer.listUsers,
}

/** How to run the pool. */
export interface CognitoOptions {
  /** On 127.0.0.1; 0 picks a free one. */
  port: number
  /** Accounts and signing keys, kept between runs; left out, both last as long as the endpoint. */
  stateFile?: string
  /** Called when Cognito would send a mail with a code. */
  onCode(email: string, code: string, purpose: CodePurpose): void
  /** Makes the app client a confidential one, which must send SECRET_HASH. */
  clientSecret?: string
  overrides?: Overrides
}

/** A running endpoint: what the worker is told about its pool, and what tests do to it. */
export interface CognitoEndpoint {
  /** The JSON API. */
  endpoint: string
  issuer: string
  jwksUrl: string
  region: string
  userPoolId: string
  clientId: string
  port: number
  /** A confirmed account; one that is there already stays as it is. Resolves to its `sub`. */
  addUser(person: { email: string; password: string; handle: string; display_name: string }): Promise<string>
  /** An account as an administrator makes it: its password must be changed at first sign-in. */
  addTemporaryUser(person: { email: string; temporaryPassword: string }): Promise<string>
  /** True or 'error': everything answers 500. 'close': connections are cut. False: up again. */
  setDown(down: boolean | 'error' | 'close'): void
  stop(): Promise<void>
}

/**
 * Serves the JSON API of one Amazon Cognito user pool with one app client, and its key set: sign-in name is the
 * email, default password policy, `PreventUserExistenceErrors` on.
 *
 * API: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/
 */
export async function startCognitoEndpoint(options: CognitoOptions): Promise<CognitoEndpoint> {
  const store = await openStore(options.stateFile)
  let down: boolean | 'error' | 'close' = false
  const server = createServer(async (request, response) => {
    if (down === 'close') request.socket.destroy()
    else if (down) sendJson(response, 500, { __type: 'InternalErrorException', message: 'Internal error' })
    else await answer(pool, request, response)
  })
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const endpoint = `http://127.0.0.1:${port}/`
  const issuer = `${endpoint}${USER_POOL_ID}`
  const pool: Pool = {
    settings: {
      ...withDefaults(options.overrides),
      region: REGION,
      userPoolId: USER_POOL_ID,
      clientId: CLIENT_ID,
      clientSecret: options.clientSecret,
      issuer,
    },
    store,
    sessions: new Map(),
    onCode: options.onCode,
  }

  return {
    endpoint,
    issuer,
    jwksUrl: `${issuer}/.well-known/jwks.json`,
    region: REGION,
    userPoolId: USER_POOL_ID,
    clientId: CLIENT_ID,
    port,
    async addUser({ email, password, handle, display_name }) {
      const found = findUser(pool, email)
      if (found) return found.sub
      const attributes = { name: display_name, preferred_username: handle }
      const { sub } = await addUser(pool, { email, password, attributes, status: 'CONFIRMED' })
      await store.save()
      return sub
    },
    async addTemporaryUser({ email, temporaryPassword }) {
      const fields = { email, password: temporaryPassword, attributes: {}, status: 'FORCE_CHANGE_PASSWORD' as const }
      const { sub } = await addUser(pool, fields)
      await store.save()
      return sub
    },
    setDown(value) {
      down = value
    },
    async stop() {
      if (!server.listening) return
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await store.save()
    },
  }
}

async function answer(pool: Pool, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET' && request.url === `/${pool.settings.userPoolId}/.well-known/jwks.json`) {
    return sendJson(response, 200, publicKeys(pool))
  }
  if (request.method !== 'POST' || request.url !== '/') return sendJson(response, 404, {})
  try {
    const operation = findOperation(request)
    const result = await operation(pool, await readInput(request))
    await pool.store.save()
    sendJson(response, 200, result)
  } catch (error) {
    // Wrong passwords and codes are counted, and the count is kept too.
    await pool.store.save()
    if (error instanceof CognitoError) sendJson(response, 400, { __type: error.type, message: error.message })
    else sendJson(response, 500, { __type: 'InternalErrorException', message: String(error) })
  }
}

function findOperation(request: IncomingMessage): (pool: Pool, input: Input) => Promise<object | null> {
  const target = String(request.headers['x-amz-target'] ?? '')
  const isJson = request.headers['content-type']?.startsWith('application/x-amz-json-1.1')
  const name = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : ''
  if (isJson && Object.hasOwn(SIGNED_OPERATIONS, name)) {
    assertSigned(request)
    return SIGNED_OPERATIONS[name] as (pool: Pool, input: Input) => Promise<object | null>
  }
  const operation = isJson && Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined
  if (!operation) throw new CognitoError('UnknownOperationException', `Unknown operation ${name}`)
  return operation
}

/** Any key will do, but the request must be signed for this service: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
function assertSigned(request: IncomingMessage): void {
  const scope = new RegExp(`^AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/${REGION}/cognito-idp/aws4_request, .*Signature=`)
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
    // Told below, as any other body that is no object.
  }
  throw new CognitoError('SerializationException', 'The request body is not a JSON object')
}

function sendJson(response: ServerResponse, status: number, body: object | null): void {
  const type = (body as { __type?: string } | null)?.__type
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': crypto.randomUUID(),
    ...(type && { 'x-amzn-errortype': `${type}:` }),
  })
  response.end(body === null ? '' : JSON.stringify(body))
}
