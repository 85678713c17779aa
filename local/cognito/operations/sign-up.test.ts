import { decodeJwt } from 'jose'
import { afterAll, describe, expect, it } from 'vitest'
import { newEmail, otherThan, PASSWORD, startTestPool } from '../test-pool.ts'

const { call, clock, codes, endpoint, newUser, signIn } = await startTestPool()
afterAll(() => endpoint.stop())

describe('signing up', () => {
  it('confirms with the mailed code and signs in with its Session', async () => {
    const email = newEmail()
    const signedUp = await call('SignUp', {
      Username: email,
      Password: PASSWORD,
      UserAttributes: [
        { Name: 'name', Value: 'Ann' },
        { Name: 'preferred_username', Value: 'ann' },
      ],
    })
    expect(signedUp).toMatchObject({
      status: 200,
      body: { UserConfirmed: false, CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL' } },
    })
    expect(await signIn(email)).toMatchObject({ status: 400, body: { __type: 'UserNotConfirmedException' } })

    const { Session } = signedUp.body
    const confirmed = await call('ConfirmSignUp', { Username: email, ConfirmationCode: codes.get(email), Session })
    const parameters = { AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: email }, Session: confirmed.body.Session }
    const first = await call('InitiateAuth', parameters)
    expect(decodeJwt(first.body.AuthenticationResult.IdToken)).toMatchObject({
      sub: signedUp.body.UserSub,
      email,
      email_verified: true,
      name: 'Ann',
      preferred_username: 'ann',
    })
    // A Session can be used once.
    expect(await call('InitiateAuth', parameters)).toMatchObject({ body: { __type: 'NotAuthorizedException' } })
  })

  it('returns no Session without that of the sign-up, and refuses an expired one or another user’s', async () => {
    const [anna, ben] = [newEmail(), newEmail()]
    const { Session } = (await call('SignUp', { Username: anna, Password: PASSWORD })).body
    await call('SignUp', { Username: ben, Password: PASSWORD })
    const confirm = (email: string, more: object) =>
      call('ConfirmSignUp', { Username: email, ConfirmationCode: codes.get(email), ...more })
    expect((await confirm(ben, { Session })).body.__type).toBe('NotAuthorizedException')
    clock.now += 181_000
    expect((await confirm(anna, { Session })).body.__type).toBe('NotAuthorizedException')
    expect(await confirm(anna, {})).toEqual({ status: 200, body: {} })
  })

  it.each([
    ['Ab1!efg', 'Password not long enough'],
    ['AB1!EFGH', 'Password must have lowercase characters'],
    ['ab1!efgh', 'Password must have uppercase characters'],
    ['Abc!efgh', 'Password must have numeric characters'],
    ['Abc1efgh', 'Password must have symbol characters'],
  ])('refuses the password %s', async (password, reason) => {
    expect((await call('SignUp', { Username: newEmail(), Password: password })).body).toEqual({
      __type: 'InvalidPasswordException',
      message: `Password did not conform with policy: ${reason}`,
    })
  })

  it('refuses malformed emails, unknown attributes, missing parameters and a taken email in any case', async () => {
    const email = await newUser()
    const refuse = async (input: object, type: string) =>
      expect((await call('SignUp', { Username: newEmail(), Password: PASSWORD, ...input })).body.__type).toBe(type)
    await refuse({ Username: 'ann' }, 'InvalidParameterException')
    await refuse({ Username: `${'a'.repeat(117)}@example.com` }, 'InvalidParameterException')
    await refuse({ UserAttributes: [{ Name: 'shoe_size', Value: '9' }] }, 'InvalidParameterException')
    await refuse({ Password: undefined }, 'InvalidParameterException')
    await refuse({ Username: email.toUpperCase() }, 'UsernameExistsException')
  })

  it('refuses wrong, replaced, expired and used codes, and counts wrong ones', async () => {
    const email = newEmail()
    await call('SignUp', { Username: email, Password: PASSWORD })
    const first = codes.get(email) ?? ''
    const confirm = (code: string) => call('ConfirmSignUp', { Username: email, ConfirmationCode: code })
    expect((await confirm(otherThan(first))).body.__type).toBe('CodeMismatchException')
    clock.now += 24 * 3600 * 1000
    expect((await confirm(first)).body.__type).toBe('ExpiredCodeException')

    expect(await call('ResendConfirmationCode', { Username: email })).toMatchObject({ status: 200 })
    const second = codes.get(email) ?? ''
    for (let i = 0; i < 5; i += 1) expect((await confirm(otherThan(second))).body.__type).toBe('CodeMismatchException')
    expect((await confirm(second)).body.__type).toBe('TooManyFailedAttemptsException')

    await call('ResendConfirmationCode', { Username: email })
    expect(await confirm(codes.get(email) ?? '')).toMatchObject({ status: 200 })
    expect((await confirm(codes.get(email) ?? '000000')).body).toEqual({
      __type: 'NotAuthorizedException',
      message: 'User cannot be confirmed. Current status is CONFIRMED',
    })
    expect((await call('ResendConfirmationCode', { Username: email })).body.__type).toBe('InvalidParameterException')
  })

  it('limits the mails per hour', async () => {
    const email = newEmail()
    await call('SignUp', { Username: email, Password: PASSWORD })
    const answers: { status: number; body: { __type?: string } }[] = []
    for (let i = 0; i < 20; i += 1) answers.push(await call('ResendConfirmationCode', { Username: email }))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19)
    expect(answers.at(-1)?.body.__type).toBe('LimitExceededException')
  })

  it('handles 100 concurrent requests', async () => {
    const emails = Array.from({ length: 100 }, newEmail)
    const answers = await Promise.all(emails.map((email) => call('SignUp', { Username: email, Password: PASSWORD })))
    expect(new Set(answers.map(({ body }) => body.UserSub)).size).toBe(100)
    const twice = newEmail()
    const same = await Promise.all([1, 2].map(() => call('SignUp', { Username: twice, Password: PASSWORD })))
    expect(same.map(({ status }) => status).sort()).toEqual([200, 400])
  })
})
