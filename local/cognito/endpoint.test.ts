import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { newEmail, PASSWORD, startTestPool, TARGET } from './test-pool.ts'

const { call, endpoint, signIn } = await startTestPool()
afterAll(() => endpoint.stop())

describe('the endpoint', () => {
  it('refuses unknown operations, other clients, tokens of the wrong kind and bodies that are no JSON', async () => {
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

  it('asks a confidential client for its secret', async () => {
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

  it('keeps accounts, tokens and keys in its file, and no password or token in clear', async () => {
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

  it('adds the same person once', async () => {
    const person = { email: newEmail(), password: PASSWORD, handle: 'same', display_name: 'Same' }
    expect(await endpoint.addUser(person)).toBe(await endpoint.addUser({ ...person, password: 'Other1!x' }))
    expect((await signIn(person.email)).status).toBe(200)
  })
})
