import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, describe, expect, it } from 'vitest'
import { INCORRECT, newEmail, PASSWORD, startTestPool } from '../test-pool.ts'

const { call, clock, endpoint, getUser, newUser, signIn } = await startTestPool()
afterAll(() => endpoint.stop())

describe('signing in', () => {
  it('returns tokens with the documented claims, signed with two keys of the JWKS', async () => {
    const email = await newUser()
    const { body } = await signIn(email)
    const { AccessToken, IdToken, RefreshToken, TokenType, ExpiresIn } = body.AuthenticationResult
    expect({ TokenType, ExpiresIn }).toEqual({ TokenType: 'Bearer', ExpiresIn: 900 })
    expect(RefreshToken.split('.')).toHaveLength(1)

    const keys = createRemoteJWKSet(new URL(endpoint.jwksUrl))
    const options = { issuer: endpoint.issuer, algorithms: ['RS256'], currentDate: new Date(clock.now) }
    const access = (await jwtVerify(AccessToken, keys, options)).payload
    expect(access).toMatchObject({ token_use: 'access', client_id: endpoint.clientId, username: access.sub })
    expect(Object.keys(access).sort()).toEqual(
      'auth_time client_id event_id exp iat iss jti origin_jti scope sub token_use username'.split(' '),
    )
    const id = (await jwtVerify(IdToken, keys, { ...options, audience: endpoint.clientId })).payload
    expect(id).toMatchObject({ token_use: 'id', email, 'cognito:username': access.sub, sub: access.sub })
    expect(decodeProtectedHeader(AccessToken).kid).not.toBe(decodeProtectedHeader(IdToken).kid)
  })

  it('returns the same error for a wrong password and an unknown email', async () => {
    const email = await newUser()
    expect(await signIn(email, 'Wrong1!x')).toEqual({ status: 400, body: INCORRECT })
    expect(await signIn(newEmail())).toEqual({ status: 400, body: INCORRECT })
  })

  it('locks the account after five wrong passwords, for longer each time', async () => {
    const email = await newUser()
    for (let i = 0; i < 5; i += 1) await signIn(email, 'Wrong1!x')
    expect((await signIn(email)).body.message).toBe('Password attempts exceeded')
    clock.now += 1_001
    expect((await signIn(email, 'Wrong1!x')).body).toEqual(INCORRECT)
    clock.now += 1_001
    expect((await signIn(email)).body.message).toBe('Password attempts exceeded')
    clock.now += 1_001
    expect((await signIn(email)).status).toBe(200)
  })

  it('requires a new password instead of a temporary one', async () => {
    const email = newEmail()
    await endpoint.addTemporaryUser({ email, temporaryPassword: PASSWORD })
    const { body } = await signIn(email)
    expect(body.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    const respond = (NEW_PASSWORD: string) =>
      call('RespondToAuthChallenge', {
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: body.Session,
        ChallengeResponses: { USERNAME: email, NEW_PASSWORD, 'userAttributes.name': 'Temp' },
      })
    expect((await respond('weak')).body.__type).toBe('InvalidPasswordException')
    const answer = await respond('New1!pass')
    expect(decodeJwt(answer.body.AuthenticationResult.IdToken)).toMatchObject({ name: 'Temp' })
    expect((await respond('New1!pass')).body.__type).toBe('NotAuthorizedException')
    expect((await signIn(email, 'New1!pass')).body.AuthenticationResult).toBeDefined()
  })

  it('refuses disabled and unknown flows, and missing parameters', async () => {
    const flow = async (AuthFlow: string, AuthParameters: object = {}) =>
      (await call('InitiateAuth', { AuthFlow, AuthParameters })).body
    expect((await flow('USER_SRP_AUTH')).message).toBe('USER_SRP_AUTH flow not enabled for this client')
    expect((await flow('MAGIC')).__type).toBe('InvalidParameterException')
    expect((await flow('USER_PASSWORD_AUTH')).message).toBe('Missing required parameter USERNAME')
    expect((await flow('USER_AUTH', { USERNAME: 'a' })).ChallengeName).toBe('SELECT_CHALLENGE')
  })

  it('handles 100 concurrent requests', async () => {
    const email = await newUser()
    const answers = await Promise.all(Array.from({ length: 100 }, () => signIn(email)))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
  })
})

describe('refreshing', () => {
  it('keeps auth_time with both operations', async () => {
    const { RefreshToken, AccessToken } = (await signIn(await newUser())).body.AuthenticationResult
    const before = decodeJwt(AccessToken)
    clock.now += 60_000
    const byOperation = await call('GetTokensFromRefreshToken', { RefreshToken })
    const byFlow = await call('InitiateAuth', {
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    })
    for (const { body } of [byOperation, byFlow]) {
      const after = decodeJwt(body.AuthenticationResult.AccessToken)
      expect(after).toMatchObject({ auth_time: before.auth_time, origin_jti: before.origin_jti })
      expect(Number(after.iat)).toBe(Number(before.iat) + 60)
      expect(body.AuthenticationResult.RefreshToken).toBeUndefined()
    }
  })

  it('refuses unknown, expired and revoked tokens', async () => {
    const refresh = async (RefreshToken: string) =>
      (await call('GetTokensFromRefreshToken', { RefreshToken })).body.message
    expect(await refresh('nonsense')).toBe('Invalid Refresh Token')
    const email = await newUser()
    const { RefreshToken } = (await signIn(email)).body.AuthenticationResult
    clock.now += 30 * 24 * 3600 * 1000
    expect(await refresh(RefreshToken)).toBe('Refresh Token has expired')
    const second = (await signIn(email)).body.AuthenticationResult
    expect(await call('RevokeToken', { Token: second.RefreshToken })).toEqual({ status: 200, body: '' })
    expect(await refresh(second.RefreshToken)).toBe('Refresh Token has been revoked')
    expect((await getUser(second.AccessToken)).body.message).toBe('Access Token has been revoked')
  })

  it('rotates refresh tokens with a grace period, if the pool does', async () => {
    const rotating = await startTestPool({ overrides: { rotation: { graceSeconds: 10 } } })
    const email = await rotating.newUser()
    const first = (await rotating.signIn(email)).body.AuthenticationResult.RefreshToken
    const refresh = (RefreshToken: string) => rotating.call('GetTokensFromRefreshToken', { RefreshToken })
    const second = (await refresh(first)).body.AuthenticationResult.RefreshToken
    expect(second).not.toBe(first)
    expect((await refresh(first)).status).toBe(200)
    rotating.clock.now += 10_001
    expect((await refresh(first)).body.__type).toBe('RefreshTokenReuseException')
    expect((await refresh(second)).status).toBe(200)
    const byFlow = { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: second } }
    expect((await rotating.call('InitiateAuth', byFlow)).body.__type).toBe('InvalidParameterException')
    await rotating.endpoint.stop()
  })
})
