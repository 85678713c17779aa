import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer, sendJson } from './answer.ts'
import type { ClientSettings, Defaulted, Overrides, Pool } from './pool.ts'
import { withDefaults } from './pool.ts'
import type { CodePurpose } from './state.ts'
import { openStore } from './state.ts'
import { addUser, findUser } from './users.ts'

const REGION = 'us-east-1'
const USER_POOL_ID = 'us-east-1_CruddurLo'
const CLIENT_ID = '1localcruddurappclient0000'

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
  /** Asks for a new password at the next sign-in, as AdminResetUserPassword does. */
  requirePasswordReset(email: string): Promise<void>
  /** Changes pool and client while they run, as an operator does. */
  configure(changes: Partial<Defaulted & ClientSettings>): void
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
  const issuer = issuerOf(options.overrides?.issuerType) ?? `${endpoint}${USER_POOL_ID}`
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
    jwksUrl: `${endpoint}${USER_POOL_ID}/.well-known/jwks.json`,
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
    async requirePasswordReset(email) {
      const user = findUser(pool, email)
      if (!user) throw new Error(`There is no ${email}`)
      user.status = 'RESET_REQUIRED'
      await store.save()
    },
    configure(changes) {
      Object.assign(pool.settings, changes)
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

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_IssuerConfigurationType.html */
function issuerOf(type: Overrides['issuerType']): string | undefined {
  if (type === undefined) return undefined
  return `https://${type === 'UPDATED' ? 'issuer-' : ''}cognito-idp.${REGION}.amazonaws.com/${USER_POOL_ID}`
}
