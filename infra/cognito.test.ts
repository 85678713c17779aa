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

  test('meets the Worker’s needs', () => {
    expect(differences(pool.Properties, client.Properties)).toEqual([])
  })

  test('retains the pool when the stack is deleted or the pool replaced', () => {
    expect(pool).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' })
  })

  test('has the issuer that AWS recommends', () => {
    expect(issuerOf(pool.Properties, 'eu-central-1', 'eu-central-1_x')).toBe(
      'UPDATED, https://issuer-cognito-idp.eu-central-1.amazonaws.com/eu-central-1_x',
    )
  })

  test('rotates refresh tokens, and does not allow the flow without rotation', () => {
    expect(client.Properties.RefreshTokenRotation).toEqual({ Feature: 'ENABLED', RetryGracePeriodSeconds: 60 })
    expect(client.Properties.ExplicitAuthFlows).not.toContain('ALLOW_REFRESH_TOKEN_AUTH')
    expect(client.Properties.GenerateSecret).toBe(true)
  })

  test('has the Worker’s settings as outputs, and no secret', () => {
    const names = Object.values(template.Outputs).map(({ Description }) => Description)
    expect(names).toEqual(['COGNITO_REGION', 'COGNITO_USER_POOL_ID', 'COGNITO_CLIENT_ID'])
    for (const name of names) expect(Object.keys(settings.shape)).toContain(name)
    expect(JSON.stringify(template.Outputs)).not.toMatch(/Secret/)
  })

  test('refers to existing parameters, resources and conditions', () => {
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

  test('accepts a right pool, with and without rotation and secret', async () => {
    expect((await checkCognito(await start())).differences).toEqual([])
    const env = await start({ clientSecret: 'tongue', overrides: { rotation: { graceSeconds: 60 } } })
    expect((await checkCognito({ ...env, COGNITO_CLIENT_SECRET: 'tongue' })).differences).toEqual([])
  })

  test('accepts a pool of the plan without choice-based sign-in', async () => {
    const describedPool = { UserPoolTier: 'LITE', Policies: { PasswordPolicy: POLICY } }
    const describedClient = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }
    expect((await checkCognito(await start({ overrides: { describedPool, describedClient } }))).differences).toEqual([])
  })

  test.each([
    [undefined, 'ORIGINAL, https://cognito-idp.us-east-1.amazonaws.com/us-east-1_CruddurLo'],
    ['ORIGINAL', 'ORIGINAL, https://cognito-idp.us-east-1.amazonaws.com/us-east-1_CruddurLo'],
    ['UPDATED', 'UPDATED, https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_CruddurLo'],
  ] as const)('returns the issuer of type %s', async (issuerType, issuer) => {
    const env = await start(issuerType ? { overrides: { issuerType } } : {})
    expect(await checkCognito(env)).toEqual({ issuer, differences: [] })
  })

  test.each([
    ['email', 'nobody can change their password'],
    ['name', 'users get their handle'],
    ['preferred_username', 'everyone must choose a handle'],
  ])('reports that the client may not read %s, with the consequence', async (name, consequence) => {
    const ReadAttributes = ['email', 'name', 'preferred_username'].filter((other) => other !== name)
    const { differences } = await checkCognito(await start({ overrides: { describedClient: { ReadAttributes } } }))
    expect(differences).toHaveLength(1)
    expect(differences[0]).toContain(`ReadAttributes is ${JSON.stringify(ReadAttributes)}: without ${name} `)
    expect(differences[0]).toContain(consequence)
  })

  test('reports each difference by name with the consequence', async () => {
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
      'ExplicitAuthFlows is ["ALLOW_USER_SRP_AUTH"]: without ALLOW_USER_PASSWORD_AUTH sign-in fails with 503',
    )
  })

  test('reports a missing or wrong secret without its value', async () => {
    const env = await start({ clientSecret: 'tongue' })
    const missing = (await checkCognito(env)).differences
    expect(missing).toEqual([
      expect.stringMatching(/^ClientSecret: the client has one, COGNITO_CLIENT_SECRET is not set/),
    ])
    const wrong = (await checkCognito({ ...env, COGNITO_CLIENT_SECRET: 'sesame' })).differences
    expect(wrong).toEqual([expect.stringMatching(/^ClientSecret: differs from COGNITO_CLIENT_SECRET/)])
    expect(missing.join() + wrong.join()).not.toMatch(/tongue|sesame/)
  })

  test('reports missing settings and errors of Cognito without values', async () => {
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

  test('the endpoint refuses unsigned requests', async () => {
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

/** Returns YAML tags that expand CloudFormation's short forms: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
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
