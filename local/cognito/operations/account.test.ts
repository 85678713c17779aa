import { afterAll, describe, expect, it } from 'vitest'
import { INCORRECT, newEmail, PASSWORD, startTestPool } from '../test-pool.ts'

const { call, clock, codes, endpoint, getUser, newUser, signIn } = await startTestPool()
afterAll(() => endpoint.stop())

describe('an account', () => {
  it('can be read and changed with an access token', async () => {
    const { AccessToken, IdToken } = (await signIn(await newUser())).body.AuthenticationResult
    const change = (attributes: object) => call('UpdateUserAttributes', { AccessToken, UserAttributes: attributes })
    expect((await change([{ Name: 'name', Value: 'Renamed' }])).body).toEqual({ CodeDeliveryDetailsList: [] })
    expect((await change([{ Name: 'sub', Value: 'x' }])).body.__type).toBe('InvalidParameterException')
    expect((await getUser(AccessToken)).body.UserAttributes).toContainEqual({ Name: 'name', Value: 'Renamed' })
    expect((await getUser(IdToken)).body.message).toBe('Invalid Access Token')
    expect((await getUser(`${AccessToken.slice(0, -6)}AAAAAA`)).body.__type).toBe('NotAuthorizedException')
    expect((await getUser('nonsense')).body.message).toBe('Invalid Access Token')
    clock.now += 901_000
    expect((await getUser(AccessToken)).body.message).toBe('Access Token has expired')
  })

  it('can change its email, verified by a code', async () => {
    const [holder, email, next] = [await newUser(), await newUser(), newEmail()]
    const { AccessToken } = (await signIn(email)).body.AuthenticationResult
    const change = (Value: string) =>
      call('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: 'email', Value }] })
    expect((await change(holder)).body.__type).toBe('AliasExistsException')
    await change(next)
    expect((await getUser(AccessToken)).body.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'false' })
    await call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code: codes.get(next) })
    expect((await getUser(AccessToken)).body.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' })
  })

  it('can change its password', async () => {
    const email = await newUser()
    const { AccessToken } = (await signIn(email)).body.AuthenticationResult
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      call('ChangePassword', { AccessToken, PreviousPassword, ProposedPassword })
    expect((await change('Wrong1!x', 'New1!pass')).body).toEqual(INCORRECT)
    expect((await change(PASSWORD, 'weak')).body.__type).toBe('InvalidPasswordException')
    expect(await change(PASSWORD, 'New1!pass')).toEqual({ status: 200, body: {} })
    expect((await signIn(email, 'New1!pass')).status).toBe(200)
  })

  it('refuses all operations until its password is reset, after an administrator required that', async () => {
    const email = await newUser()
    const { AccessToken } = (await signIn(email)).body.AuthenticationResult
    await endpoint.requirePasswordReset(email)
    const passwords = { PreviousPassword: PASSWORD, ProposedPassword: 'New1!pass' }
    for (const refused of [
      signIn(email),
      signIn(email, 'Wrong1!x'),
      getUser(AccessToken),
      call('ChangePassword', { AccessToken, ...passwords }),
      call('DeleteUser', { AccessToken }),
    ]) {
      expect((await refused).body.__type).toBe('PasswordResetRequiredException')
    }
    await call('ForgotPassword', { Username: email })
    const reset = { Username: email, ConfirmationCode: codes.get(email), Password: 'New1!pass' }
    expect((await call('ConfirmForgotPassword', reset)).status).toBe(200)
    expect((await signIn(email, 'New1!pass')).status).toBe(200)
  })

  it('can sign out all sessions', async () => {
    const email = await newUser()
    const first = (await signIn(email)).body.AuthenticationResult
    const second = (await signIn(email)).body.AuthenticationResult
    expect(await call('GlobalSignOut', { AccessToken: first.AccessToken })).toEqual({ status: 200, body: {} })
    for (const { AccessToken, RefreshToken } of [first, second]) {
      expect((await getUser(AccessToken)).body.message).toBe('Access Token has been revoked')
      expect((await call('GetTokensFromRefreshToken', { RefreshToken })).body.__type).toBe('NotAuthorizedException')
    }
    expect((await getUser((await signIn(email)).body.AuthenticationResult.AccessToken)).status).toBe(200)
  })

  it('can be deleted', async () => {
    const email = await newUser()
    const { AccessToken } = (await signIn(email)).body.AuthenticationResult
    expect(await call('DeleteUser', { AccessToken })).toEqual({ status: 200, body: '' })
    expect((await getUser(AccessToken)).body.__type).toBe('UserNotFoundException')
    expect((await signIn(email)).body).toEqual(INCORRECT)
    expect((await call('SignUp', { Username: email, Password: PASSWORD })).status).toBe(200)
  })
})
