import { afterEach, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { PASSWORD } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors } = site
const NEW_PASSWORD = 'Another-2027?'
const anotherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
afterEach(() => {
  site.poolClock.skew = 0
})

describe('happy', () => {
  test('a mailed code sets a new password', async () => {
    const anna = await actors.join()
    const browser = anna.onAnotherDevice()
    expectStatus(await browser.post('/api/session/recover', { email: anna.email }), 204)
    expect(anna.mailCount).toBe(2)
    const answer = await browser.post('/api/session/recover/confirm', {
      email: anna.email,
      code: anna.code,
      password: NEW_PASSWORD,
    })
    expectStatus(answer, 204)
    expect(browser.hasSession).toBe(false)
    await browser.signsIn(NEW_PASSWORD)
    const old = { email: anna.email, password: PASSWORD }
    expectErrors(await anna.onAnotherDevice().post('/api/session', old), 401, ['credentials_wrong'])
  })
})

describe('error', () => {
  test('a wrong code answers 422, and the right one works after it', async () => {
    const anna = await actors.join()
    await anna.post('/api/session/recover', { email: anna.email })
    const body = { email: anna.email, password: NEW_PASSWORD }
    expectErrors(await anna.post('/api/session/recover/confirm', { ...body, code: anotherCode(anna.code) }), 422, [
      { code: 'code_wrong', field: 'code' },
    ])
    expectStatus(await anna.post('/api/session/recover/confirm', { ...body, code: anna.code }), 204)
  })

  test('an expired code answers 422', async () => {
    const anna = await actors.join()
    site.poolClock.skew = -7_200_000
    await anna.post('/api/session/recover', { email: anna.email })
    site.poolClock.skew = 0
    const body = { email: anna.email, code: anna.code, password: NEW_PASSWORD }
    const answer = expectStatus(await anna.post('/api/session/recover/confirm', body), 422)
    expect(answer.body.errors).toEqual([{ code: expect.stringMatching(/^code_(expired|wrong)$/), field: 'code' }])
    await anna.onAnotherDevice().signsIn()
  })

  test('reports all errors at once', async () => {
    const answer = await actors.visitor().post('/api/session/recover/confirm', { email: 'x', password: 'weak' })
    expectErrors(answer, 422, [
      { code: 'email_invalid', field: 'email' },
      { code: 'code_blank', field: 'code' },
      { code: 'password_weak', field: 'password' },
    ])
  })

  test('a new password ends every session', async () => {
    const anna = await actors.join()
    const elsewhere = anna.onAnotherDevice()
    await elsewhere.signsIn()
    await anna.post('/api/session/recover', { email: anna.email })
    const body = { email: anna.email, code: anna.code, password: NEW_PASSWORD }
    expectStatus(await actors.visitor().post('/api/session/recover/confirm', body), 204)
    expect((await elsewhere.get('/api/session')).body).toEqual({ viewer: null })
    expectStatus(await anna.get('/api/activities/home'), 401)
    expectStatus(await actors.visitor().post('/api/session', { email: anna.email, password: NEW_PASSWORD }), 200)
  })
})

describe('security: no answer reveals whether an account exists', () => {
  /** The email of an account and one of none. */
  const emails = async () => [(await actors.join()).email, actors.unregistered().email]
  const requestCode = (email: string) => actors.visitor().post('/api/session/recover', { email })
  const confirmWrongly = (email: string) =>
    actors.visitor().post('/api/session/recover/confirm', { email, code: '000000', password: NEW_PASSWORD })
  const codeWrong = [{ code: 'code_wrong', field: 'code' } as const]

  test('requesting a code', async () => {
    for (const email of await emails()) expectStatus(await requestCode(email), 204)
  })

  test('a wrong code after one was requested', async () => {
    for (const email of await emails()) {
      await requestCode(email)
      expectErrors(await confirmWrongly(email), 422, codeWrong)
    }
  })

  test('a wrong code without a request', async () => {
    for (const email of await emails()) expectErrors(await confirmWrongly(email), 422, codeWrong)
  })

  test('an account that was never confirmed gets no code', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    expectStatus(await anna.post('/api/session/recover', { email: anna.email }), 204)
    expect(anna.mailCount).toBe(1)
  })
})
