import { decodeJwt } from 'jose'
import { afterEach, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { PASSWORD } from '../../support/actors/actors.ts'
import { runCron } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors } = site
const NEW = 'Another-2027?'
afterEach(() => {
  site.database.setOutage(false)
  site.identity.setOutage(false)
})

describe('ending all sessions', () => {
  test('works at once, for cookies and for Bearer, although the tokens verify on', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    const script = anna.asApiClient()
    expectStatus(await script.get('/api/activities/home'), 200)

    expectStatus(await anna.delete('/api/session/all'), 204)
    expect(anna.hasSession).toBe(false)

    expect(decodeJwt(phone.accessToken).exp ?? 0).toBeGreaterThan(Date.now() / 1000)
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])
    expectErrors(await script.post('/api/activities', { message: 'hi', ttl: '1-hour' }), 401, ['session_ended'])
    expectErrors(await phone.get('/api/activities/home'), 401, ['session_ended'])
    expect(phone.hasSession, 'the browser is told to forget').toBe(false)
    expect((await phone.get('/api/session')).body).toEqual({ viewer: null })
  })

  test('works at once on pages: one for everybody is a signed-out one, one’s own leads to sign in', async () => {
    const anna = await actors.join()
    const [phone, tablet] = [anna.onAnotherDevice(), anna.onAnotherDevice()]
    await Promise.all([phone.signsIn(), tablet.signsIn()])
    expectStatus(await anna.submits('/settings', { intent: 'sign-out-everywhere' }), 303)
    const page = expectStatus(await phone.visits('/'), 200)
    expect(page.text).not.toContain('<script')
    expect(page.text).toContain('Say it. Let it burn.')
    const settings = expectStatus(await tablet.visits('/settings'), 302)
    expect(settings.headers.get('location')).toBe('/signin?next=%2Fsettings')
    expect([phone.hasSession, tablet.hasSession]).toEqual([false, false])
  })

  test('ends them here first: when Cognito cannot be told, they have ended all the same', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    site.identity.setOutage(true)
    const answer = expectStatus(await anna.delete('/api/session/all'), 204)
    site.identity.setOutage(false)
    expect(site.log.filter((line) => line.includes(answer.headers.get('x-request-id') ?? 'no id'))).toContainEqual(
      expect.stringMatching(/"event":"error".*identity_unavailable/),
    )
    expectErrors(await phone.get('/api/activities/home'), 401, ['session_ended'])
  })

  test('leaves nothing to refresh with', async () => {
    const anna = await actors.join()
    const thief = anna.onAnotherDevice()
    for (const [name, value] of anna.cookies) if (name !== '__Host-access') thief.cookies.set(name, value)
    await anna.delete('/api/session/all')
    expect((await thief.get('/api/session')).body).toEqual({ viewer: null })
    expect(thief.hasSession).toBe(false)
  })

  test('signing in again in the same second works', async () => {
    const anna = await actors.join()
    for (let times = 0; times < 3; times += 1) {
      expectStatus(await anna.delete('/api/session/all'), 204)
      await anna.signsIn()
      expectStatus(await anna.get('/api/activities/home'), 200)
    }
  })

  test('is told to nobody who only reads what is for everybody', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    await anna.delete('/api/session/all')
    const answer = expectStatus(await phone.get('/api/activities/everyone'), 200)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })

  test('is not for one that has ended: whoever has its token ends none of those that came after', async () => {
    const anna = await actors.join()
    const [thief, tablet, phone] = [anna.asApiClient(), anna.onAnotherDevice(), anna.onAnotherDevice()]
    await Promise.all([tablet.signsIn(), phone.signsIn()])
    expectStatus(await anna.delete('/api/session/all'), 204)
    await anna.signsIn()
    expectErrors(await thief.get('/api/activities/home'), 401, ['session_ended'])
    expectErrors(await thief.delete('/api/session/all'), 401, ['session_ended'])
    expectErrors(await tablet.delete('/api/session/all'), 401, ['session_ended'])
    expect(tablet.hasSession).toBe(false)
    const page = expectStatus(await phone.submits('/settings', { intent: 'sign-out-everywhere' }), 302)
    expect(page.headers.get('location')).toBe('/signin?next=%2Fsettings')
    expect(phone.hasSession).toBe(false)
    expectStatus(await anna.get('/api/activities/home'), 200)
    anna.cookies.delete('__Host-access')
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('is not for whoever has deleted their account, at once and later', async () => {
    const anna = await actors.join()
    const script = anna.asApiClient()
    expectStatus(await anna.deletesAccount(), 204)
    expectErrors(await script.delete('/api/session/all'), 401, ['session_ended'])
    await runCron(site)
    expectErrors(await script.delete('/api/session/all'), 401, ['session_ended'])
  })

  test('ends nobody else’s', async () => {
    const anna = await actors.join()
    const ben = await actors.join('ben')
    await anna.delete('/api/session/all')
    expectStatus(await ben.get('/api/activities/home'), 200)
  })

  test('needs somebody signed in', async () => {
    expectErrors(await actors.visitor().delete('/api/session/all'), 401, ['unauthorized'])
  })
})

describe('changing the password', () => {
  test('ends the other sessions on pages as well', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    expectStatus(await anna.put('/api/session/password', { current: PASSWORD, new: NEW }), 200)
    expect((await anna.visits('/')).text).toContain(`@${anna.handle}`)
    const page = expectStatus(await phone.visits('/'), 200)
    expect(page.text).not.toContain('<script')
    expect(phone.hasSession).toBe(false)
  })

  test('leaves the others nothing to refresh with when our database goes away meanwhile', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    // The try is counted, and the password changed.
    site.database.outageAfter(1)
    expectErrors(await anna.put('/api/session/password', { current: PASSWORD, new: NEW }), 503, [
      'database_unavailable',
    ])
    site.database.setOutage(false)
    phone.cookies.delete('__Host-access')
    expectErrors(await phone.get('/api/activities/home'), 401, ['unauthorized'])
    await anna.onAnotherDevice().signsIn(NEW)
  })

  test('keeps this session and ends the others', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    const script = anna.asApiClient()

    const { body } = expectStatus(await anna.put('/api/session/password', { current: PASSWORD, new: NEW }), 200)
    expect(body.viewer.handle).toBe(anna.handle)
    expectStatus(await anna.get('/api/activities/home'), 200)
    expectErrors(await phone.get('/api/activities/home'), 401, ['session_ended'])
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])

    const old = { email: anna.email, password: PASSWORD }
    expectErrors(await anna.onAnotherDevice().post('/api/session', old), 401, ['credentials_wrong'])
    await anna.onAnotherDevice().signsIn(NEW)
  })

  test('needs the present one', async () => {
    const anna = await actors.join()
    expectErrors(await anna.put('/api/session/password', { current: 'Wrong-2026!', new: NEW }), 422, [
      { code: 'password_wrong', field: 'current' },
    ])
    expectStatus(await anna.get('/api/activities/home'), 200)
    await anna.onAnotherDevice().signsIn()
  })

  test('takes no weak one', async () => {
    const anna = await actors.join()
    expectErrors(await anna.put('/api/session/password', { current: PASSWORD, new: 'weak' }), 422, [
      { code: 'password_weak', field: 'new' },
    ])
    expectErrors(await anna.put('/api/session/password', {}), 422, [
      { code: 'password_blank', field: 'current' },
      { code: 'password_blank', field: 'new' },
    ])
  })

  test('needs somebody signed in', async () => {
    const body = { current: PASSWORD, new: NEW }
    expectErrors(await actors.visitor().put('/api/session/password', body), 401, ['unauthorized'])
  })
})
