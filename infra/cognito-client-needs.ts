/** An app client, likewise; `ClientSecret` is returned by the one, `GenerateSecret` declared by the other. */
export interface UserPoolClient {
  ClientSecret?: string
  GenerateSecret?: boolean
  ExplicitAuthFlows?: string[]
  PreventUserExistenceErrors?: string
  EnableTokenRevocation?: boolean
  AccessTokenValidity?: number
  IdTokenValidity?: number
  RefreshTokenValidity?: number
  TokenValidityUnits?: { AccessToken?: string; IdToken?: string; RefreshToken?: string }
  RefreshTokenRotation?: { Feature?: string; RetryGracePeriodSeconds?: number }
  ReadAttributes?: string[]
  WriteAttributes?: string[]
}

/** Notes a setting that is not met: its name, its value, and what breaks. */
export type Need = (isMet: boolean, name: string, value: unknown, consequence: string) => void

const MINUTE = 60
const DAY = 86_400
const UNITS: Record<string, number> = { seconds: 1, minutes: MINUTE, hours: 60 * MINUTE, days: DAY }
/** What the Worker writes: worker/auth/cognito/cognito.ts, signUp and setHandle. */
const WRITTEN = ['email', 'name', 'preferred_username']
/** What the Worker reads of ID tokens and GetUser, and what breaks without it: worker/auth/provision.ts. */
const READ: Record<string, string> = {
  email: 'accounts are made without an address, and nobody can change their password or delete their account',
  name: 'people are called by their handle, whatever name they gave',
  preferred_username: 'everybody is asked to pick a handle again when they first sign in',
}

export const has = (list: string[] | undefined, item: string): boolean => list?.includes(item) === true

/** What the Worker needs of the app client; `tier` is the pool's plan. */
export function clientNeeds(client: UserPoolClient, tier: string | undefined, need: Need): void {
  const { ExplicitAuthFlows, PreventUserExistenceErrors, EnableTokenRevocation } = client
  need(
    has(ExplicitAuthFlows, 'ALLOW_USER_PASSWORD_AUTH'),
    'ExplicitAuthFlows',
    ExplicitAuthFlows,
    'without ALLOW_USER_PASSWORD_AUTH nobody can sign in: 503',
  )
  need(
    // The plan Lite has no such flow.
    tier === 'LITE' || has(ExplicitAuthFlows, 'ALLOW_USER_AUTH'),
    'ExplicitAuthFlows',
    ExplicitAuthFlows,
    'without ALLOW_USER_AUTH nobody is signed in as they confirm: they type their password once more',
  )
  const rotation = client.RefreshTokenRotation
  if (rotation?.Feature === 'ENABLED') {
    const grace = rotation.RetryGracePeriodSeconds
    need(
      grace === 60,
      'RefreshTokenRotation.RetryGracePeriodSeconds',
      grace,
      'with less than 60, tabs that refresh at once sign each other out',
    )
  }
  need(
    PreventUserExistenceErrors === 'ENABLED',
    'PreventUserExistenceErrors',
    PreventUserExistenceErrors,
    'unless it is ENABLED, answers tell who has an account',
  )
  need(
    EnableTokenRevocation === true,
    'EnableTokenRevocation',
    EnableTokenRevocation,
    'unless it is true, signing out leaves the session’s refresh token good',
  )
  lifetimeNeeds(client, need)
  attributeNeeds(client, need)
}

function lifetimeNeeds(client: UserPoolClient, need: Need): void {
  const access = secondsOf(client.AccessTokenValidity, client.TokenValidityUnits?.AccessToken, 'hours')
  need(
    access >= 5 * MINUTE && access <= 15 * MINUTE,
    'AccessTokenValidity',
    `${access} s`,
    'outside 5 to 15 minutes, a stolen token is good for longer, or every page waits for a refresh',
  )
  const refresh = secondsOf(client.RefreshTokenValidity, client.TokenValidityUnits?.RefreshToken, 'days')
  need(
    refresh === 30 * DAY,
    'RefreshTokenValidity',
    `${refresh} s`,
    'our cookies live 30 days: people are signed out sooner, or sessions outlive them',
  )
}

// Where a list is not set, the client reads and writes all standard attributes.
function attributeNeeds({ ReadAttributes, WriteAttributes }: UserPoolClient, need: Need): void {
  for (const [name, consequence] of Object.entries(READ)) {
    const isMet = ReadAttributes === undefined || ReadAttributes.includes(name)
    need(isMet, 'ReadAttributes', ReadAttributes, `without ${name} ${consequence}`)
  }
  need(
    WriteAttributes === undefined || WRITTEN.every((name) => WriteAttributes.includes(name)),
    'WriteAttributes',
    WriteAttributes,
    `without ${WRITTEN.join(', ')} signing up is refused: 503`,
  )
}

/** Seconds of a lifetime; `otherwise` is the unit that Cognito counts in where none is set. */
function secondsOf(value = 0, unit = '', otherwise: string): number {
  return value * (UNITS[unit || otherwise] ?? 0)
}
