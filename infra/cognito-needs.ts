import { PASSWORD_MIN } from '../worker/contract/limits.ts'
import { clientNeeds, includesItem, type Need, type UserPoolClient } from './cognito-client-needs.ts'

/** The settings that we check of a user pool, as in DescribeUserPool and AWS::Cognito::UserPool. */
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

/** Values of IssuerConfiguration.Type, and the service name in the issuer's host. */
const ISSUERS: Record<string, string> = { ORIGINAL: 'cognito-idp', UPDATED: 'issuer-cognito-idp' }

/** Returns the type of the pool's issuer; ORIGINAL is Cognito's default. */
const issuerTypeOf = ({ IssuerConfiguration }: UserPool): string => IssuerConfiguration?.Type ?? 'ORIGINAL'

/** Returns the type and the URL of the pool's issuer. */
export function issuerOf(pool: UserPool, region: string, userPoolId: string): string {
  const type = issuerTypeOf(pool)
  const service = ISSUERS[type]
  return service ? `${type}, https://${service}.${region}.amazonaws.com/${userPoolId}` : type
}

/**
 * Returns a line for each setting of the pool and its client that does not meet the Worker's needs: its name, its value, and the
 * consequence. Never a secret.
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
    includesItem(UsernameAttributes, 'email'),
    'UsernameAttributes',
    UsernameAttributes,
    'without email nobody can sign up or sign in by email',
  )
  need(
    UsernameConfiguration?.CaseSensitive === false,
    'UsernameConfiguration.CaseSensitive',
    UsernameConfiguration?.CaseSensitive,
    'unless it is false, users who signed up with capitals in their email cannot sign in: the Worker sends emails in lower case',
  )
  need(
    includesItem(AutoVerifiedAttributes, 'email'),
    'AutoVerifiedAttributes',
    AutoVerifiedAttributes,
    'without email no code is mailed at sign-up, so no account can be confirmed',
  )
  const mechanisms = pool.AccountRecoverySetting?.RecoveryMechanisms
  need(
    mechanisms?.some(({ Name }) => Name === 'verified_email') === true,
    'AccountRecoverySetting.RecoveryMechanisms',
    mechanisms,
    'without verified_email no recovery codes are mailed',
  )
  const isClosed = pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly
  need(isClosed !== true, 'AdminCreateUserConfig.AllowAdminCreateUserOnly', isClosed, 'sign-up fails with 503')
  need(
    MfaConfiguration !== 'ON',
    'MfaConfiguration',
    MfaConfiguration,
    'nobody can sign in: the Worker does not support the challenge for a second factor',
  )
  const triggers = Object.keys(pool.LambdaConfig ?? {})
  need(
    triggers.length === 0,
    'LambdaConfig',
    triggers,
    'the Worker needs no trigger: it creates users itself, and a failing trigger makes sign-in fail with 503',
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
    UserPoolTier === 'LITE' || includesItem(factors, 'PASSWORD'),
    'Policies.SignInPolicy.AllowedFirstAuthFactors',
    factors,
    'without PASSWORD users must type their password again after confirming',
  )
  for (const [name, expected] of Object.entries(PASSWORD_POLICY)) {
    const value = pool.Policies?.PasswordPolicy?.[name]
    need(
      value === expected,
      `Policies.PasswordPolicy.${name}`,
      value,
      `our forms require ${JSON.stringify(expected)}, so they and the pool accept different passwords`,
    )
  }
}

/** Same as `newPassword` of worker/contract/session.ts, which checks passwords before Cognito does. */
const PASSWORD_POLICY: Record<string, unknown> = {
  MinimumLength: PASSWORD_MIN,
  RequireLowercase: true,
  RequireUppercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
}
