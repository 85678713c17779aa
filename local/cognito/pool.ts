import { randomBytes } from 'node:crypto'
import type { CodePurpose, Store } from './state.ts'

/** What may be changed of the pool, also while it runs. Times are seconds unless they say otherwise. */
export interface Overrides {
  accessTokenSeconds?: number
  idTokenSeconds?: number
  refreshTokenSeconds?: number
  confirmCodeSeconds?: number
  recoverCodeSeconds?: number
  sessionSeconds?: number
  /** Wrong codes before no more are looked at. */
  codeAttempts?: number
  /** Codes mailed to a person an hour, for each purpose. */
  codesPerHour?: number
  /** False: SignUp and ConfirmSignUp give no Session, as a client without choice-based sign-in. */
  confirmSession?: boolean
  /** Refresh-token rotation with this grace period; GetTokensFromRefreshToken is then the only way to refresh. */
  rotation?: { graceSeconds: number }
  /** IssuerConfiguration: tokens have the issuer of AWS in this form. Left out, it is the endpoint's own address. */
  issuerType?: 'ORIGINAL' | 'UPDATED'
  /** ExplicitAuthFlows of the app client. */
  flows?: string[]
  /** False: no mail leaves, as with a sender that was never verified. */
  delivers?: boolean
  /** A web application firewall that refuses every request, with a page of its own or as Cognito tells it. */
  firewall?: 'html' | 'json'
  /** The error that every operation is refused with, as by a pool that was set up badly. */
  refusal?: string
  /** Operations that the endpoint does not know, and how it answers then: endpoints that are not AWS's differ. */
  unknownOperations?: Record<string, { status: number; type?: string }>
  /** What DescribeUserPool and DescribeUserPoolClient tell instead. */
  describedPool?: object
  describedClient?: object
  /** Milliseconds since the epoch. */
  now?: () => number
}

type LeftOpen = 'rotation' | 'issuerType' | 'firewall' | 'refusal'

/** The overrides with AWS's defaults, but for access and id tokens of 15 minutes instead of an hour. */
export type Defaulted = Required<Omit<Overrides, LeftOpen>> & { [Name in LeftOpen]: Overrides[Name] | undefined }

/** What an operator sets of the app client. */
export interface ClientSettings {
  clientId: string
  clientSecret: string | undefined
}

/** The settings of the pool with nothing left open. */
export type PoolSettings = Defaulted & ClientSettings & { region: string; userPoolId: string; issuer: string }

/** A Session between two calls: short-lived, so it is held in memory only. */
export interface PendingSession {
  kind: 'signed-up' | 'confirmed' | 'new-password'
  sub: string
  expiresAt: number
}

/** What every operation works on. */
export interface Pool {
  settings: PoolSettings
  store: Store
  sessions: Map<string, PendingSession>
  /** Called when Cognito would send a mail. */
  onCode(email: string, code: string, purpose: CodePurpose): void
}

export function withDefaults(overrides: Overrides = {}): Defaulted {
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

/** Makes a Session for the next call of the same sign-in. */
export function openSession(pool: Pool, kind: PendingSession['kind'], sub: string): string {
  const { now, sessionSeconds } = pool.settings
  const session = randomBytes(64).toString('base64url')
  pool.sessions.set(session, { kind, sub, expiresAt: now() + sessionSeconds * 1000 })
  for (const [key, { expiresAt }] of pool.sessions) if (expiresAt < now()) pool.sessions.delete(key)
  return session
}

/** Whether a Session could be used up. */
export function hasSession(pool: Pool, session: string, kind: PendingSession['kind'], sub: string): boolean {
  const found = pool.sessions.get(session)
  return found?.kind === kind && found.sub === sub && found.expiresAt >= pool.settings.now()
}

/** Uses up a Session; null when it is unknown, of another kind or person, or over. */
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
