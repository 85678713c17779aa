import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, describe, expect, it } from 'vitest'
import { newEmail, PASSWORD, startTestPool, TARGET } from './test-pool.ts'

const { call, endpoint, signIn } = await startTestPool()
afterAll(() => endpoint.stop())

describe('the endpoint', () => {
  it('refuses unknown operations, other clients, tokens of the wrong kind and bodies that are not JSON', async () => {
    expect((await call('ListGroups', {})).body.__type).toBe('UnknownOperationException')
    expect((await call('constructor', {})).body.__type).toBe('UnknownOperationException')
    const stranger = { ClientId: 'stranger' }
    expect((await call('ForgotPassword', { Username: 'a', ...stranger })).body.__type).toBe('ResourceNotFoundException')
    expect((await call('RevokeToken', { Token: 'a', ...stranger })).body.__type).toBe('UnauthorizedException')
    expect((await call('RevokeToken', { Token: 'a.b.c' })).body.__type).toBe('UnsupportedTokenTypeException')
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${TARGET}SignUp` }
    const response = await fetch(endpoint.endpoint, { method: 'POST', headers, body: '{' })
    expect(await response.json()).toMatchObject({ __type: 'SerializationException' })
  })

  it('requires the secret of a confidential client', async () => {
    const clientSecret = 'shh'
    const secret = await startTestPool({ clientSecret })
    const email = await secret.newUser()
    const hash = createHmac('sha256', clientSecret).update(`${email}${secret.endpoint.clientId}`).digest('base64')
    const attempt = (parameters: object) =>
      secret.call('InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD, ...parameters },
      })
    expect((await attempt({})).body.message).toContain('SECRET_HASH was not received')
    expect((await attempt({ SECRET_HASH: 'wrong' })).body.__type).toBe('NotAuthorizedException')
    const { RefreshToken } = (await attempt({ SECRET_HASH: hash })).body.AuthenticationResult
    const refresh = (input: object) => secret.call('GetTokensFromRefreshToken', { RefreshToken, ...input })
    expect((await refresh({})).status).toBe(400)
    expect((await refresh({ ClientSecret: clientSecret })).status).toBe(200)
    await secret.endpoint.stop()
  })

  it('requires a secret hash of the sub instead of the email in challenges and refreshes', async () => {
    const clientSecret = 'shh'
    const pool = await startTestPool({ clientSecret })
    const hash = (username: string) =>
      createHmac('sha256', clientSecret).update(`${username}${pool.endpoint.clientId}`).digest('base64')
    const start = (AuthFlow: string, AuthParameters: object) => pool.call('InitiateAuth', { AuthFlow, AuthParameters })
    const email = newEmail()
    await pool.endpoint.addTemporaryUser({ email, temporaryPassword: PASSWORD })
    const first = { USERNAME: email, PASSWORD, SECRET_HASH: hash(email) }
    const { ChallengeParameters, Session } = (await start('USER_PASSWORD_AUTH', first)).body
    const sub = ChallengeParameters.USER_ID_FOR_SRP
    const respond = (USERNAME: string, hashed: string) =>
      pool.call('RespondToAuthChallenge', {
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session,
        ChallengeResponses: { USERNAME, NEW_PASSWORD: 'New1!pass', SECRET_HASH: hash(hashed) },
      })
    expect((await respond(email, email)).body.message).toContain('Unable to verify secret hash')
    expect((await respond(sub, email)).body.message).toContain('Unable to verify secret hash')
    const { RefreshToken } = (await respond(sub, sub)).body.AuthenticationResult
    const refresh = (hashed: string) =>
      start('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken, SECRET_HASH: hash(hashed) })
    expect((await refresh(email)).body.message).toContain('Unable to verify secret hash')
    expect((await refresh(sub)).status).toBe(200)
    await pool.endpoint.stop()
  })

  it('stores accounts, grants and keys in its file, without passwords and tokens in clear text', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
    const stateFile = join(folder, 'cognito.json')
    const first = await startTestPool({ stateFile })
    const email = await first.newUser()
    const { RefreshToken } = (await first.signIn(email)).body.AuthenticationResult
    const keys = await (await fetch(first.endpoint.jwksUrl)).json()
    await first.endpoint.stop()

    const second = await startTestPool({ stateFile })
    expect(await (await fetch(second.endpoint.jwksUrl)).json()).toEqual(keys)
    expect(JSON.stringify(keys)).not.toContain('"d"')
    expect((await second.signIn(email)).status).toBe(200)
    expect((await second.call('GetTokensFromRefreshToken', { RefreshToken })).status).toBe(200)
    const text = readFileSync(stateFile, 'utf8')
    expect(text).not.toContain(PASSWORD)
    expect(text).not.toContain(RefreshToken)
    await second.endpoint.stop()
    rmSync(folder, { recursive: true })
  })

  it('can be down', async () => {
    endpoint.setDown(true)
    expect((await call('GetUser', {})).status).toBe(500)
    expect((await fetch(endpoint.jwksUrl)).status).toBe(500)
    endpoint.setDown('close')
    await expect(fetch(endpoint.jwksUrl)).rejects.toThrow()
    endpoint.setDown(false)
    expect((await fetch(endpoint.jwksUrl)).status).toBe(200)
  })

  it('can be misconfigured: flows, client, mail, firewall, operations', async () => {
    const bad = await startTestPool()
    const email = await bad.newUser()
    const { clientId } = bad.endpoint
    const refuse = async (changes: Parameters<typeof bad.endpoint.configure>[0], status: number, type?: string) => {
      bad.endpoint.configure(changes)
      const answer = await bad.signIn(email)
      expect([answer.status, answer.body.__type]).toEqual([status, type])
    }
    await refuse({ flows: ['ALLOW_USER_SRP_AUTH'] }, 400, 'InvalidParameterException')
    await refuse({ flows: ['ALLOW_USER_PASSWORD_AUTH'], clientId: 'replaced' }, 400, 'ResourceNotFoundException')
    await refuse({ clientId, clientSecret: 'new' }, 400, 'NotAuthorizedException')
    await refuse({ clientSecret: undefined, firewall: 'json' }, 403, 'ForbiddenException')
    await refuse(
      { firewall: undefined, refusal: 'InvalidUserPoolConfigurationException' },
      400,
      'InvalidUserPoolConfigurationException',
    )
    await refuse({ refusal: undefined, unknownOperations: { InitiateAuth: { status: 500 } } }, 500)
    bad.endpoint.configure({ unknownOperations: {}, delivers: false })
    expect((await bad.signIn(email)).status).toBe(200)
    for (const [operation, input] of [
      ['ForgotPassword', { Username: email }],
      ['SignUp', { Username: newEmail(), Password: PASSWORD }],
    ] as const) {
      expect((await bad.call(operation, input)).body.__type).toBe('CodeDeliveryFailureException')
    }
    bad.endpoint.configure({ firewall: 'html' })
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${TARGET}GetUser` }
    const page = await fetch(bad.endpoint.endpoint, { method: 'POST', headers, body: '{}' })
    expect([page.status, (await page.text())[0]]).toEqual([403, '<'])
    await bad.endpoint.stop()
  })

  it.each([
    ['ORIGINAL', 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_CruddurLo'],
    ['UPDATED', 'https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_CruddurLo'],
  ] as const)('signs with AWS’s issuer of type %s', async (issuerType, issuer) => {
    const pool = await startTestPool({ overrides: { issuerType } })
    const { AccessToken, IdToken } = (await pool.signIn(await pool.newUser())).body.AuthenticationResult
    expect([AccessToken, IdToken].map((token) => decodeJwt(token).iss)).toEqual([issuer, issuer])
    expect(pool.endpoint.issuer).toBe(issuer)
    expect((await fetch(pool.endpoint.jwksUrl)).status).toBe(200)
    await pool.endpoint.stop()
  })

  it('adds the same user once', async () => {
    const person = { email: newEmail(), password: PASSWORD, handle: 'same', display_name: 'Same' }
    expect(await endpoint.addUser(person)).toBe(await endpoint.addUser({ ...person, password: 'Other1!x' }))
    expect((await signIn(person.email)).status).toBe(200)
  })
})
