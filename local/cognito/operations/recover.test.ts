import { afterAll, describe, expect, it } from 'vitest'
import { INCORRECT, newEmail, otherThan, PASSWORD, startTestPool } from '../test-pool.ts'

const { call, clock, codes, endpoint, newUser, signIn } = await startTestPool()
afterAll(() => endpoint.stop())

describe('recovering', () => {
  it('sets a new password with a mailed code, which expires after an hour', async () => {
    const email = await newUser()
    const confirm = (ConfirmationCode: string, Password = 'New1!pass') =>
      call('ConfirmForgotPassword', { Username: email, ConfirmationCode, Password })
    await call('ForgotPassword', { Username: email })
    const first = codes.get(email) ?? ''
    expect((await confirm(first, 'weak')).body.__type).toBe('InvalidPasswordException')
    expect((await confirm(otherThan(first))).body.__type).toBe('CodeMismatchException')
    clock.now += 3600 * 1000
    expect((await confirm(first)).body.__type).toBe('ExpiredCodeException')
    await call('ForgotPassword', { Username: email })
    const second = codes.get(email) ?? ''
    expect(await confirm(second)).toEqual({ status: 200, body: {} })
    expect((await confirm(second)).body.__type).toBe('ExpiredCodeException')
    expect((await signIn(email, 'New1!pass')).status).toBe(200)
    expect((await signIn(email)).body).toEqual(INCORRECT)
  })

  it('does not reveal which users exist', async () => {
    const [known, unknown, unconfirmed] = [await newUser(), newEmail(), newEmail()]
    await call('SignUp', { Username: unconfirmed, Password: PASSWORD })
    codes.clear()
    const answers = await Promise.all(
      [known, unknown, unconfirmed].map((Username) => call('ForgotPassword', { Username })),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect([...codes.keys()]).toEqual([known])
    expect((await call('ResendConfirmationCode', { Username: unknown })).status).toBe(200)
    const guess = { Username: unknown, ConfirmationCode: '123456' }
    expect((await call('ConfirmForgotPassword', { ...guess, Password: PASSWORD })).body.__type).toBe(
      'CodeMismatchException',
    )
    expect((await call('ConfirmSignUp', guess)).body.__type).toBe('ExpiredCodeException')
  })

  it('refuses even the right code after five wrong ones', async () => {
    const email = await newUser()
    await call('ForgotPassword', { Username: email })
    const code = codes.get(email) ?? ''
    const guess = (ConfirmationCode: string) =>
      call('ConfirmForgotPassword', { Username: email, ConfirmationCode, Password: PASSWORD })
    for (let i = 0; i < 5; i += 1) await guess(otherThan(code))
    expect((await guess(code)).body.__type).toBe('LimitExceededException')
  })
})
