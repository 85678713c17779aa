import { PASSWORD_MIN } from '../worker/contract/limits.ts'
import { clientNeeds, has, type Need, type UserPoolClient } from './cognito-client-needs.ts'

/** A user pool as DescribeUserPool returns it and AWS::Cognito::UserPool declares it: what we ask about. */
export interface UserPool {
  UserPoolTier?: string
  UsernameAttributes?: string[]
  UsernameConfiguration?: { CaseSensitive?: boolean }
  AutoVerifiedAttributes?: string[]
  AccountRecoverySetting?: { RecoveryMechanisms?: { Name: string; Priority: number }[] }
  AdminCreateUserConfig?: { AllowAdminCreateUserOnly?: boolean }
  MfaConfiguration?: string
  LambdaConfig?: Record<string, unknown>
  IssuerConfiguration?: { Type?: string }
  Policies?: {
    PasswordPolicy?: Record<string, unknown>
    SignInPolicy?: { AllowedFirstAuthFactors?: string[] }
  }
}

/** The values of IssuerConfiguration.Type, and the service whose host tokens then name. */
const ISSUERS: Record<string, string> = { ORIGINAL: 'cognito-idp', UPDATED: 'issuer-cognito-idp' }

/** The form of the pool's issuer. A pool that was never told has the original one. */
const issuerTypeOf = ({ IssuerConfiguration }: UserPool): string => IssuerConfiguration?.Type ?? 'ORIGINAL'

/** Says which issuer the pool's tokens have. */
export function issuerOf(pool: UserPool, region: string, userPoolId: string): string {
  const type = issuerTypeOf(pool)
  const service = ISSUERS[type]
  return service ? `${type}, https://${service}.${region}.amazonaws.com/${userPoolId}` : type
}

/**
 * Lists what the Worker needs of a pool and its client and does not find: the setting, its value, and what breaks. Never a
 * secret.
 */
export function differences(pool: UserPool, client: UserPoolClient): string[] {
  const found: string[] = []
  const need = (isMet: boolean, name: string, value: unknown, consequence: string) => {
    if (!isMet) found.push(`${name} is ${JSON.stringify(value) ?? 'not set'}: ${consequence}`)
  }
  poolNeeds(pool, need)
  clientNeeds(client, pool.UserPoolTier, need)
  return found
}

function poolNeeds(pool: UserPool, need: Need): void {
  const { UsernameAttributes, UsernameConfiguration, AutoVerifiedAttributes, MfaConfiguration, UserPoolTier } = pool
  need(
    has(UsernameAttributes, 'email'),
    'UsernameAttributes',
    UsernameAttributes,
    'without email nobody can sign up or sign in with their address',
  )
  need(
    UsernameConfiguration?.CaseSensitive === false,
    'UsernameConfiguration.CaseSensitive',
    UsernameConfiguration?.CaseSensitive,
    'unless it is false, who signed up with capitals in their address cannot sign in: the Worker sends it in lower case',
  )
  need(
    has(AutoVerifiedAttributes, 'email'),
    'AutoVerifiedAttributes',
    AutoVerifiedAttributes,
    'without email no code is mailed to who signs up, and no account is ever confirmed',
  )
  const mechanisms = pool.AccountRecoverySetting?.RecoveryMechanisms
  need(
    mechanisms?.some(({ Name }) => Name === 'verified_email') === true,
    'AccountRecoverySetting.RecoveryMechanisms',
    mechanisms,
    'without verified_email who forgot their password gets no code for a new one',
  )
  const isClosed = pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly
  need(isClosed !== true, 'AdminCreateUserConfig.AllowAdminCreateUserOnly', isClosed, 'signing up is refused: 503')
  need(
    MfaConfiguration !== 'ON',
    'MfaConfiguration',
    MfaConfiguration,
    'nobody can sign in: a second factor is a challenge that the Worker does not answer',
  )
  const triggers = Object.keys(pool.LambdaConfig ?? {})
  need(
    triggers.length === 0,
    'LambdaConfig',
    triggers,
    'a trigger runs beside the Worker, which makes the rows of people itself; when one fails, signing in is 503',
  )
  const issuerType = issuerTypeOf(pool)
  need(
    Object.hasOwn(ISSUERS, issuerType),
    'IssuerConfiguration.Type',
    issuerType,
    'the Worker accepts ORIGINAL and UPDATED, and refuses every token of another issuer',
  )
  const factors = pool.Policies?.SignInPolicy?.AllowedFirstAuthFactors
  need(
    UserPoolTier === 'LITE' || has(factors, 'PASSWORD'),
    'Policies.SignInPolicy.AllowedFirstAuthFactors',
    factors,
    'without PASSWORD nobody is signed in as they confirm: they type their password once more',
  )
  for (const [name, expected] of Object.entries(PASSWORD_POLICY)) {
    const value = pool.Policies?.PasswordPolicy?.[name]
    need(
      value === expected,
      `Policies.PasswordPolicy.${name}`,
      value,
      `forms ask for ${JSON.stringify(expected)}, so they refuse passwords that the pool takes, or the other way round`,
    )
  }
}

/** The same as `newPassword` of worker/contract/session.ts, which people hear of before Cognito is asked. */
const PASSWORD_POLICY: Record<string, unknown> = {
  MinimumLength: PASSWORD_MIN,
  RequireLowercase: true,
  RequireUppercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
}
