import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type CollectionTag, parse, type ScalarTag } from 'yaml'
import type { CognitoOptions } from '../local/cognito/endpoint.ts'
import { startTestPool, TARGET, type TestPool } from '../local/cognito/test-pool.ts'
import { settings } from '../worker/env.ts'
import { checkCognito } from './cognito-check.ts'
import type { UserPoolClient } from './cognito-client-needs.ts'
import { differences, issuerOf, type UserPool } from './cognito-needs.ts'

type Resource<T> = { Type: string; Properties: T; [attribute: string]: unknown }
type Template = {
  Parameters: Record<string, { Type: string }>
  Conditions: Record<string, unknown>
  Resources: { UserPool: Resource<UserPool>; UserPoolClient: Resource<UserPoolClient> }
  Outputs: Record<string, { Description: string; Value: unknown }>
}

const POLICY = {
  MinimumLength: 8,
  RequireLowercase: true,
  RequireUppercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
}

describe('infra/cognito.yaml', () => {
  const template = parse(readFileSync(join(import.meta.dirname, 'cognito.yaml'), 'utf8'), {
    customTags: functions(),
  }) as Template
  const { UserPool: pool, UserPoolClient: client } = template.Resources

  test('is what the Worker needs', () => {
    expect(differences(pool.Properties, client.Properties)).toEqual([])
  })

  test('begins anew as little as it can, and deletes nobody', () => {
    expect(pool).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' })
  })

  test('has the issuer that AWS recommends', () => {
    expect(issuerOf(pool.Properties, 'eu-central-1', 'eu-central-1_x')).toBe(
      'UPDATED, https://issuer-cognito-idp.eu-central-1.amazonaws.com/eu-central-1_x',
    )
  })

  test('rotates tokens, so that it must not allow the flow that does not', () => {
    expect(client.Properties.RefreshTokenRotation).toEqual({ Feature: 'ENABLED', RetryGracePeriodSeconds: 60 })
    expect(client.Properties.ExplicitAuthFlows).not.toContain('ALLOW_REFRESH_TOKEN_AUTH')
    expect(client.Properties.GenerateSecret).toBe(true)
  })

  test('puts out what the Worker is set to, and no secret', () => {
    const names = Object.values(template.Outputs).map(({ Description }) => Description)
    expect(names).toEqual(['COGNITO_REGION', 'COGNITO_USER_POOL_ID', 'COGNITO_CLIENT_ID'])
    for (const name of names) expect(Object.keys(settings.shape)).toContain(name)
    expect(JSON.stringify(template.Outputs)).not.toMatch(/Secret/)
  })

  test('refers to what is there', () => {
    const known = [...Object.keys(template.Parameters), ...Object.keys(template.Resources), 'AWS::Region']
    const text = JSON.stringify(template)
    const refs = [...text.matchAll(/"Ref":"([^"]+)"/g), ...text.matchAll(/\$\{([^}]+)\}/g)].map(([, name]) => name)
    expect(refs.length).toBeGreaterThan(5)
    for (const name of refs) expect(known).toContain(name)
    const conditions = [...text.matchAll(/"Fn::If":\["([^"]+)"/g)].map(([, name]) => name)
    expect(conditions.sort()).toEqual(Object.keys(template.Conditions).sort())
  })
})

describe('npm run cognito:check', () => {
  const pools: TestPool[] = []
  afterEach(() => Promise.all(pools.splice(0).map(({ endpoint }) => endpoint.stop())))

  async function start(options: Partial<CognitoOptions> = {}): Promise<Record<string, string>> {
    const pool = await startTestPool(options)
    pools.push(pool)
    const { endpoint, region, userPoolId, clientId } = pool.endpoint
    return {
      COGNITO_ENDPOINT: endpoint,
      COGNITO_REGION: region,
      COGNITO_USER_POOL_ID: userPoolId,
      COGNITO_CLIENT_ID: clientId,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'sesame',
    }
  }

  test('a pool as it should be, with rotation and without, with a secret and without', async () => {
    expect((await checkCognito(await start())).differences).toEqual([])
    const env = await start({ clientSecret: 'tongue', overrides: { rotation: { graceSeconds: 60 } } })
    expect((await checkCognito({ ...env, COGNITO_CLIENT_SECRET: 'tongue' })).differences).toEqual([])
  })

  test('a pool of the plan without choice-based sign-in', async () => {
    const describedPool = { UserPoolTier: 'LITE', Policies: { PasswordPolicy: POLICY } }
    const describedClient = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }
    expect((await checkCognito(await start({ overrides: { describedPool, describedClient } }))).differences).toEqual([])
  })

  test.each([
    [undefined, 'ORIGINAL, https://cognito-idp.us-east-1.amazonaws.com/us-east-1_CruddurLo'],
    ['ORIGINAL', 'ORIGINAL, https://cognito-idp.us-east-1.amazonaws.com/us-east-1_CruddurLo'],
    ['UPDATED', 'UPDATED, https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_CruddurLo'],
  ] as const)('which issuer the pool has: %s', async (issuerType, issuer) => {
    const env = await start(issuerType ? { overrides: { issuerType } } : {})
    expect(await checkCognito(env)).toEqual({ issuer, differences: [] })
  })

  test.each([
    ['email', 'nobody can change their password'],
    ['name', 'people are called by their handle'],
    ['preferred_username', 'everybody is asked to pick a handle'],
  ])('that the client may not read %s, and what breaks', async (name, consequence) => {
    const ReadAttributes = ['email', 'name', 'preferred_username'].filter((other) => other !== name)
    const { differences } = await checkCognito(await start({ overrides: { describedClient: { ReadAttributes } } }))
    expect(differences).toHaveLength(1)
    expect(differences[0]).toContain(`ReadAttributes is ${JSON.stringify(ReadAttributes)}: without ${name} `)
    expect(differences[0]).toContain(consequence)
  })

  test('each difference of a pool, by name and with the reason', async () => {
    const env = await start({
      overrides: {
        accessTokenSeconds: 3600,
        rotation: { graceSeconds: 0 },
        describedPool: {
          UsernameAttributes: ['phone_number'],
          UsernameConfiguration: { CaseSensitive: true },
          AutoVerifiedAttributes: [],
          AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
          AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
          MfaConfiguration: 'ON',
          IssuerConfiguration: { Type: 'ANOTHER' },
          LambdaConfig: { PostConfirmation: 'arn:aws:lambda:eu-central-1:1:function:cruddur-post-confirmation' },
          Policies: { PasswordPolicy: { MinimumLength: 6, RequireLowercase: true } },
        },
        describedClient: {
          ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
          PreventUserExistenceErrors: 'LEGACY',
          EnableTokenRevocation: false,
          RefreshTokenValidity: 1,
          ReadAttributes: ['email'],
          WriteAttributes: ['email'],
        },
      },
    })
    const { differences: found, issuer } = await checkCognito(env)
    expect(issuer).toBe('ANOTHER')
    expect(found.map((line) => line.split(' is ')[0])).toEqual([
      'UsernameAttributes',
      'UsernameConfiguration.CaseSensitive',
      'AutoVerifiedAttributes',
      'AccountRecoverySetting.RecoveryMechanisms',
      'AdminCreateUserConfig.AllowAdminCreateUserOnly',
      'MfaConfiguration',
      'LambdaConfig',
      'IssuerConfiguration.Type',
      'Policies.SignInPolicy.AllowedFirstAuthFactors',
      'Policies.PasswordPolicy.MinimumLength',
      'Policies.PasswordPolicy.RequireUppercase',
      'Policies.PasswordPolicy.RequireNumbers',
      'Policies.PasswordPolicy.RequireSymbols',
      'ExplicitAuthFlows',
      'ExplicitAuthFlows',
      'RefreshTokenRotation.RetryGracePeriodSeconds',
      'PreventUserExistenceErrors',
      'EnableTokenRevocation',
      'AccessTokenValidity',
      'RefreshTokenValidity',
      'ReadAttributes',
      'ReadAttributes',
      'WriteAttributes',
    ])
    expect(found).toContain(
      'ExplicitAuthFlows is ["ALLOW_USER_SRP_AUTH"]: without ALLOW_USER_PASSWORD_AUTH nobody can sign in: 503',
    )
  })

  test('a secret that the Worker has not, or has wrong, is not shown', async () => {
    const env = await start({ clientSecret: 'tongue' })
    const missing = (await checkCognito(env)).differences
    expect(missing).toEqual([
      expect.stringMatching(/^ClientSecret: the client has one, COGNITO_CLIENT_SECRET is not set/),
    ])
    const wrong = (await checkCognito({ ...env, COGNITO_CLIENT_SECRET: 'sesame' })).differences
    expect(wrong).toEqual([
      expect.stringMatching(/^ClientSecret: the one that the pool tells of is not COGNITO_CLIENT_SECRET/),
    ])
    expect(missing.join() + wrong.join()).not.toMatch(/tongue|sesame/)
  })

  test('what is missing, or refused, is said without a value', async () => {
    const env = await start()
    for (const name of Object.keys(env).filter((name) => name !== 'COGNITO_ENDPOINT')) {
      await expect(checkCognito({ ...env, [name]: '' })).rejects.toThrow(`${name} is not set.`)
    }
    await expect(checkCognito({ ...env, COGNITO_USER_POOL_ID: 'other' })).rejects.toThrow(
      'DescribeUserPool: ResourceNotFoundException',
    )
    await expect(checkCognito({ ...env, COGNITO_ENDPOINT: 'https://evil.example/' })).rejects.toThrow(
      'COGNITO_ENDPOINT must be a loopback address.',
    )
  })

  test('nobody is told of a pool without a signature', async () => {
    const { COGNITO_ENDPOINT = '', COGNITO_USER_POOL_ID } = await start()
    for (const operation of ['DescribeUserPool', 'DescribeUserPoolClient', 'ListUsers']) {
      const response = await fetch(COGNITO_ENDPOINT, {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${TARGET}${operation}` },
        body: JSON.stringify({ UserPoolId: COGNITO_USER_POOL_ID }),
      })
      expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
    }
  })
})

/** CloudFormation's short forms, as the long ones: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
function functions(): (ScalarTag | CollectionTag)[] {
  const scalar = (tag: string, name: string): ScalarTag => ({ tag, resolve: (text) => ({ [name]: text }) })
  const list = (tag: string, name: string): CollectionTag => ({
    tag,
    collection: 'seq',
    resolve: (seq) => ({ [name]: (seq as unknown as { toJSON(): unknown }).toJSON() }),
  })
  return [
    scalar('!Ref', 'Ref'),
    scalar('!Sub', 'Fn::Sub'),
    list('!If', 'Fn::If'),
    list('!Not', 'Fn::Not'),
    list('!Equals', 'Fn::Equals'),
  ]
}
