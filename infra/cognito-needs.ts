import { PASSWORD_MIN } from '../worker/contract/limits.ts'

/** A user pool as DescribeUserPool tells it, and as AWS::Cognito::UserPool has it; what we ask about. */
export interface UserPool {
  UserPoolTier?: string
  UsernameAttributes?: string[]
  UsernameConfiguration?: { CaseSensitive?: boolean }
  AutoVerifiedAttributes?: string[]
  AccountRecoverySetting?: { RecoveryMechanisms?: { Name: string; Priority: number }[] }
  AdminCreateUserConfig?: { AllowAdminCreateUserOnly?: boolean }
  MfaConfiguration?: string
  LambdaConfig?: Record<string, unknown>
  Policies?: {
    PasswordPolicy?: Record<string, unknown>
    SignInPolicy?: { AllowedFirstAuthFactors?: string[] }
  }
}

/** An app client, likewise; `ClientSecret` is told by the one, `GenerateSecret` said by the other. */
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
  WriteAttributes?: string[]
}

const MINUTE = 60
const DAY = 86_400
const UNITS: Record<string, number> = { seconds: 1, minutes: MINUTE, hours: 60 * MINUTE, days: DAY }
/** What the Worker writes: worker/auth/cognito.ts, signUp and setHandle. */
const WRITTEN = ['email', 'name', 'preferred_username']

/**
 * What the Worker needs of a pool and its client and does not find, a line each. Never a secret.
 * The reasons are those of worker/auth.
 */
export function differences(pool: UserPool, client: UserPoolClient): string[] {
  const found: string[] = []
  const need = (isMet: boolean, name: string, value: unknown, reason: string) => {
    if (!isMet) found.push(`${name} is ${JSON.stringify(value) ?? 'not set'}: ${reason}`)
  }
  poolNeeds(pool, need)
  clientNeeds(client, pool.UserPoolTier, need)
  return found
}

type Need = (isMet: boolean, name: string, value: unknown, reason: string) => void

function poolNeeds(pool: UserPool, need: Need): void {
  const { UsernameAttributes, UsernameConfiguration, AutoVerifiedAttributes, MfaConfiguration, UserPoolTier } = pool
  need(has(UsernameAttributes, 'email'), 'UsernameAttributes', UsernameAttributes, 'people sign in with their email')
  need(
    UsernameConfiguration?.CaseSensitive === false,
    'UsernameConfiguration.CaseSensitive',
    UsernameConfiguration?.CaseSensitive,
    'an email is the same in any case',
  )
  need(
    has(AutoVerifiedAttributes, 'email'),
    'AutoVerifiedAttributes',
    AutoVerifiedAttributes,
    'who signs up is mailed a code',
  )
  const mechanisms = pool.AccountRecoverySetting?.RecoveryMechanisms
  need(
    mechanisms?.some(({ Name }) => Name === 'verified_email') === true,
    'AccountRecoverySetting.RecoveryMechanisms',
    mechanisms,
    'a new password is set with a code by mail (verified_email)',
  )
  const isClosed = pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly
  need(isClosed !== true, 'AdminCreateUserConfig.AllowAdminCreateUserOnly', isClosed, 'people sign up themselves')
  need(MfaConfiguration !== 'ON', 'MfaConfiguration', MfaConfiguration, 'a second factor is a challenge we do not know')
  const triggers = Object.keys(pool.LambdaConfig ?? {})
  need(
    triggers.length === 0,
    'LambdaConfig',
    triggers,
    'the Worker makes people’s rows itself; a trigger would run beside it',
  )
  const factors = pool.Policies?.SignInPolicy?.AllowedFirstAuthFactors
  need(
    UserPoolTier === 'LITE' || has(factors, 'PASSWORD'),
    'Policies.SignInPolicy.AllowedFirstAuthFactors',
    factors,
    'who confirms is signed in by the factor PASSWORD',
  )
  for (const [name, expected] of Object.entries(PASSWORD_POLICY)) {
    const value = pool.Policies?.PasswordPolicy?.[name]
    need(value === expected, `Policies.PasswordPolicy.${name}`, value, `forms ask for ${JSON.stringify(expected)}`)
  }
}

/** The same as `newPassword` of worker/contract/session.ts: people are told before Cognito is asked. */
const PASSWORD_POLICY: Record<string, unknown> = {
  MinimumLength: PASSWORD_MIN,
  RequireLowercase: true,
  RequireUppercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
}

function clientNeeds(client: UserPoolClient, tier: string | undefined, need: Need): void {
  const { ExplicitAuthFlows, PreventUserExistenceErrors, EnableTokenRevocation, WriteAttributes } = client
  need(
    has(ExplicitAuthFlows, 'ALLOW_USER_PASSWORD_AUTH'),
    'ExplicitAuthFlows',
    ExplicitAuthFlows,
    'people sign in by ALLOW_USER_PASSWORD_AUTH',
  )
  need(
    // Without it, as on the plan that has none, people type their password once more.
    tier === 'LITE' || has(ExplicitAuthFlows, 'ALLOW_USER_AUTH'),
    'ExplicitAuthFlows',
    ExplicitAuthFlows,
    'who confirms is signed in by ALLOW_USER_AUTH',
  )
  const rotation = client.RefreshTokenRotation
  if (rotation?.Feature === 'ENABLED') {
    const grace = rotation.RetryGracePeriodSeconds
    need(grace === 60, 'RefreshTokenRotation.RetryGracePeriodSeconds', grace, 'tabs that refresh at once need 60')
  }
  need(
    PreventUserExistenceErrors === 'ENABLED',
    'PreventUserExistenceErrors',
    PreventUserExistenceErrors,
    'otherwise answers tell who has an account',
  )
  need(EnableTokenRevocation === true, 'EnableTokenRevocation', EnableTokenRevocation, 'signing out ends the session')
  const access = secondsOf(client.AccessTokenValidity, client.TokenValidityUnits?.AccessToken, 'hours')
  need(
    access >= 5 * MINUTE && access <= 15 * MINUTE,
    'AccessTokenValidity',
    `${access} s`,
    'it should be 5 to 15 minutes',
  )
  const refresh = secondsOf(client.RefreshTokenValidity, client.TokenValidityUnits?.RefreshToken, 'days')
  need(refresh === 30 * DAY, 'RefreshTokenValidity', `${refresh} s`, 'our cookies live 30 days')
  need(
    // Not set: all of them.
    WriteAttributes === undefined || WRITTEN.every((name) => WriteAttributes.includes(name)),
    'WriteAttributes',
    WriteAttributes,
    `the Worker writes ${WRITTEN.join(', ')}`,
  )
}

const has = (list: string[] | undefined, item: string): boolean => list?.includes(item) === true

/** A time as a client has it; without a unit it is counted in the one that Cognito takes then. */
function secondsOf(value = 0, unit = '', otherwise: string): number {
  return value * (UNITS[unit || otherwise] ?? 0)
}
