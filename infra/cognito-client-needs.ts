/** The settings that we check of an app client; `ClientSecret` is only in responses, `GenerateSecret` only in templates. */
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

/** Records a need that is not met: the setting's name, its value, and the consequence. */
export type Need = (isMet: boolean, name: string, value: unknown, consequence: string) => void

const MINUTE = 60
const DAY = 86_400
const UNITS: Record<string, number> = { seconds: 1, minutes: MINUTE, hours: 60 * MINUTE, days: DAY }
/** Attributes that the Worker writes (worker/auth/cognito/cognito.ts, signUp and setHandle). */
const WRITTEN = ['email', 'name', 'preferred_username']
/** Attributes that the Worker reads from ID tokens and GetUser (worker/auth/provision.ts), and what breaks without them. */
const READ: Record<string, string> = {
  email: 'users are created without an email, and nobody can change their password or delete their account',
  name: 'users get their handle as display name',
  preferred_username: 'everyone must choose a handle again at their first sign-in',
}

export const includesItem = (list: string[] | undefined, item: string): boolean => list?.includes(item) === true

/** Checks the app client. `tier`: the pool's plan. */
export function clientNeeds(client: UserPoolClient, tier: string | undefined, need: Need): void {
  const { ExplicitAuthFlows, PreventUserExistenceErrors, EnableTokenRevocation } = client
  need(
    includesItem(ExplicitAuthFlows, 'ALLOW_USER_PASSWORD_AUTH'),
    'ExplicitAuthFlows',
    ExplicitAuthFlows,
    'without ALLOW_USER_PASSWORD_AUTH sign-in fails with 503',
  )
  need(
    // The plan Lite does not have this flow.
    tier === 'LITE' || includesItem(ExplicitAuthFlows, 'ALLOW_USER_AUTH'),
    'ExplicitAuthFlows',
    ExplicitAuthFlows,
    'without ALLOW_USER_AUTH users must type their password again after confirming',
  )
  const rotation = client.RefreshTokenRotation
  if (rotation?.Feature === 'ENABLED') {
    const grace = rotation.RetryGracePeriodSeconds
    need(
      grace === 60,
      'RefreshTokenRotation.RetryGracePeriodSeconds',
      grace,
      'with less than 60, tabs that refresh at the same time sign each other out',
    )
  }
  need(
    PreventUserExistenceErrors === 'ENABLED',
    'PreventUserExistenceErrors',
    PreventUserExistenceErrors,
    'unless it is ENABLED, responses reveal which emails have an account',
  )
  need(
    EnableTokenRevocation === true,
    'EnableTokenRevocation',
    EnableTokenRevocation,
    'unless it is true, the refresh token stays valid after a sign-out',
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
    'above 15 minutes a stolen token is valid for longer, below 5 minutes every page waits for a refresh',
  )
  const refresh = secondsOf(client.RefreshTokenValidity, client.TokenValidityUnits?.RefreshToken, 'days')
  need(
    refresh === 30 * DAY,
    'RefreshTokenValidity',
    `${refresh} s`,
    'our cookies live 30 days: users are signed out sooner, or sessions outlive the cookies',
  )
}

// Without a list, the client may read and write all standard attributes.
function attributeNeeds({ ReadAttributes, WriteAttributes }: UserPoolClient, need: Need): void {
  for (const [name, consequence] of Object.entries(READ)) {
    const isMet = ReadAttributes === undefined || ReadAttributes.includes(name)
    need(isMet, 'ReadAttributes', ReadAttributes, `without ${name} ${consequence}`)
  }
  need(
    WriteAttributes === undefined || WRITTEN.every((name) => WriteAttributes.includes(name)),
    'WriteAttributes',
    WriteAttributes,
    `without ${WRITTEN.join(', ')} sign-up fails with 503`,
  )
}

/** Returns a validity in seconds. `otherwise`: Cognito's default unit. */
function secondsOf(value = 0, unit = '', otherwise: string): number {
  return value * (UNITS[unit || otherwise] ?? 0)
}
