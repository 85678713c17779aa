import { randomBytes } from 'node:crypto'
import type { CodePurpose, Store } from './state.ts'

/** Settings of the pool that tests may override, also at run time. */
export interface Overrides {
  accessTokenSeconds?: number
  idTokenSeconds?: number
  refreshTokenSeconds?: number
  confirmCodeSeconds?: number
  recoverCodeSeconds?: number
  sessionSeconds?: number
  /** Number of wrong codes after which even the right one is refused. */
  codeAttempts?: number
  /** Limit of codes mailed to a user per hour and purpose. */
  codesPerHour?: number
  /** False: SignUp and ConfirmSignUp return no Session, as for a client without choice-based sign-in. */
  confirmSession?: boolean
  /** Refresh-token rotation with this grace period; GetTokensFromRefreshToken is then the only way to refresh. */
  rotation?: { graceSeconds: number }
  /** IssuerConfiguration: tokens have AWS's issuer of this type; without it, the endpoint's own URL. */
  issuerType?: 'ORIGINAL' | 'UPDATED'
  /** ExplicitAuthFlows of the app client. */
  flows?: string[]
  /** False: mails cannot be sent, as with an unverified sender. */
  delivers?: boolean
  /** A web application firewall that refuses every request, with its own page or with Cognito's error. */
  firewall?: 'html' | 'json'
  /** An error that all operations return, as for a misconfigured pool. */
  refusal?: string
  /** Operations that the endpoint lacks, and its responses: Cognito emulators differ in them. */
  unknownOperations?: Record<string, { status: number; type?: string }>
  /** Overrides of the responses of DescribeUserPool and DescribeUserPoolClient. */
  describedPool?: object
  describedClient?: object
  /** Clock, Unix time in ms. */
  now?: () => number
}

/** Overrides that have no default. */
type NameWithoutDefault = 'rotation' | 'issuerType' | 'firewall' | 'refusal'

/** The overrides with AWS's defaults, except that access and id tokens live 15 minutes instead of an hour. */
export type SettingsWithDefaults = Required<Omit<Overrides, NameWithoutDefault>> & {
  [Name in NameWithoutDefault]: Overrides[Name] | undefined
}

/** Settings of the app client. */
export interface ClientSettings {
  clientId: string
  clientSecret: string | undefined
}

/** All settings of the pool. */
export type PoolSettings = SettingsWithDefaults &
  ClientSettings & { region: string; userPoolId: string; issuer: string }

/** A Session between two calls; short-lived, so it is only in memory. */
export interface PendingSession {
  kind: 'signed-up' | 'confirmed' | 'new-password'
  sub: string
  expiresAt: number
}

/** The state of the endpoint. */
export interface Pool {
  settings: PoolSettings
  store: Store
  sessions: Map<string, PendingSession>
  /** Called instead of sending a mail. */
  onCode(email: string, code: string, purpose: CodePurpose): void
}

export function withDefaults(overrides: Overrides = {}): SettingsWithDefaults {
  return {
    accessTokenSeconds: 15 * 60,
    idTokenSeconds: overrides.accessTokenSeconds ?? 15 * 60,
    refreshTokenSeconds: 30 * 24 * 3600,
    confirmCodeSeconds: 24 * 3600,
    recoverCodeSeconds: 3600,
    sessionSeconds: 180,
    codeAttempts: 5,
    codesPerHour: 20,
    confirmSession: true,
    rotation: undefined,
    issuerType: undefined,
    flows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_AUTH', ...(overrides.rotation ? [] : ['ALLOW_REFRESH_TOKEN_AUTH'])],
    delivers: true,
    firewall: undefined,
    refusal: undefined,
    unknownOperations: {},
    describedPool: {},
    describedClient: {},
    now: Date.now,
    ...overrides,
  }
}

/** Creates a Session for the next call of the same sign-in. */
export function openSession(pool: Pool, kind: PendingSession['kind'], sub: string): string {
  const { now, sessionSeconds } = pool.settings
  const session = randomBytes(64).toString('base64url')
  pool.sessions.set(session, { kind, sub, expiresAt: now() + sessionSeconds * 1000 })
  for (const [key, { expiresAt }] of pool.sessions) if (expiresAt < now()) pool.sessions.delete(key)
  return session
}

/** Returns whether a Session is valid for this kind and user. */
export function hasSession(pool: Pool, session: string, kind: PendingSession['kind'], sub: string): boolean {
  const found = pool.sessions.get(session)
  return found?.kind === kind && found.sub === sub && found.expiresAt >= pool.settings.now()
}

/** Removes and returns a Session; null if it is unknown, expired, or of another kind or user. */
export function takeSession(
  pool: Pool,
  session: string,
  kind: PendingSession['kind'],
  sub: string,
): PendingSession | null {
  if (!hasSession(pool, session, kind, sub)) return null
  const found = pool.sessions.get(session) ?? null
  pool.sessions.delete(session)
  return found
}
