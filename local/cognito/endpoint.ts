import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { handleRequest, sendJson } from './answer.ts'
import type { ClientSettings, Overrides, Pool, SettingsWithDefaults } from './pool.ts'
import { withDefaults } from './pool.ts'
import type { CodePurpose } from './state.ts'
import { openStore } from './state.ts'
import { addUser, findUser } from './users.ts'

const REGION = 'us-east-1'
const USER_POOL_ID = 'us-east-1_CruddurLo'
const CLIENT_ID = '1localcruddurappclient0000'

/** How to run the pool. */
export interface CognitoOptions {
  /** Port on 127.0.0.1; 0 picks a free one. */
  port: number
  /** File of accounts and signing keys; without it, they exist only in memory. */
  stateFile?: string
  /** Called when Cognito would send a mail with a code. */
  onCode(email: string, code: string, purpose: CodePurpose): void
  /** Secret of the app client, which must then send SECRET_HASH. */
  clientSecret?: string
  overrides?: Overrides
}

/** A running endpoint: the Worker's settings for it, and controls for tests. */
export interface CognitoEndpoint {
  /** The JSON API. */
  endpoint: string
  issuer: string
  jwksUrl: string
  region: string
  userPoolId: string
  clientId: string
  port: number
  /** Adds a confirmed account unless it exists. Returns its `sub`. */
  addUser(person: {
    email: string
    password: string
    handle: string
    display_name: string
    groups?: string[]
  }): Promise<string>
  /** Sets the groups of an account; tokens issued from then on have them. */
  setGroups(email: string, groups: string[]): Promise<void>
  /** Adds an account like an administrator does: its password must be changed at the first sign-in. Returns its `sub`. */
  addTemporaryUser(person: { email: string; temporaryPassword: string }): Promise<string>
  /** Requires a password reset before the next sign-in, as AdminResetUserPassword does. */
  requirePasswordReset(email: string): Promise<void>
  /** Changes settings of the pool and client at run time. */
  configure(changes: Partial<SettingsWithDefaults & ClientSettings>): void
  /** True or 'error': all requests get 500. 'close': connections are closed. False: works again. */
  setDown(down: boolean | 'error' | 'close'): void
  stop(): Promise<void>
}

/**
 * Serves the JSON API of one Amazon Cognito user pool with one app client, and its JWKS. Users sign in by email; default
 * password policy; `PreventUserExistenceErrors` is on.
 *
 * API: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/
 */
export async function startCognitoEndpoint(options: CognitoOptions): Promise<CognitoEndpoint> {
  const store = await openStore(options.stateFile)
  let down: boolean | 'error' | 'close' = false
  const server = createServer(async (request, response) => {
    if (down === 'close') request.socket.destroy()
    else if (down) sendJson(response, 500, { __type: 'InternalErrorException', message: 'Internal error' })
    else await handleRequest(pool, request, response)
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
    async addUser({ email, password, handle, display_name, groups }) {
      const found = findUser(pool, email)
      // A state file from before groups existed: add the account's groups.
      if (found && groups) found.groups ??= groups
      if (found) return found.sub
      const attributes = { name: display_name, preferred_username: handle }
      const user = await addUser(pool, { email, password, attributes, status: 'CONFIRMED' })
      if (groups) user.groups = groups
      await store.save()
      return user.sub
    },
    async addTemporaryUser({ email, temporaryPassword }) {
      const fields = { email, password: temporaryPassword, attributes: {}, status: 'FORCE_CHANGE_PASSWORD' as const }
      const { sub } = await addUser(pool, fields)
      await store.save()
      return sub
    },
    async setGroups(email, groups) {
      const user = findUser(pool, email)
      if (!user) throw new Error(`There is no ${email}`)
      user.groups = groups
      await store.save()
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
