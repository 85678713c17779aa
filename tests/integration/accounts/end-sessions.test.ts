import { decodeJwt } from 'jose'
import { afterEach, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { PASSWORD } from '../../support/actors/actors.ts'
import { runCron } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors } = site
const NEW_PASSWORD = 'Another-2027?'
afterEach(() => {
  site.database.setOutage(false)
  site.identity.setOutage(false)
})

describe('DELETE /api/session/all', () => {
  test('ends cookie and Bearer sessions at once, although their tokens still verify', async () => {
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
    expect(phone.hasSession, 'its cookies are deleted').toBe(false)
    expect((await phone.get('/api/session')).body).toEqual({ viewer: null })
  })

  test('ends sessions on pages at once: public pages are signed out, protected ones lead to sign-in', async () => {
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

  test('ends the sessions even if Cognito is down', async () => {
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

  test('invalidates the refresh tokens', async () => {
    const anna = await actors.join()
    const thief = anna.onAnotherDevice()
    for (const [name, value] of anna.cookies) if (name !== '__Host-access') thief.cookies.set(name, value)
    await anna.delete('/api/session/all')
    expect((await thief.get('/api/session')).body).toEqual({ viewer: null })
    expect(thief.hasSession).toBe(false)
  })

  test('allows signing in again within the same second', async () => {
    const anna = await actors.join()
    for (let times = 0; times < 3; times += 1) {
      expectStatus(await anna.delete('/api/session/all'), 204)
      await anna.signsIn()
      expectStatus(await anna.get('/api/activities/home'), 200)
    }
  })

  test('does not fail public reads of the ended sessions', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    await anna.delete('/api/session/all')
    const answer = expectStatus(await phone.get('/api/activities/everyone'), 200)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })

  test('answers 401 to an ended session, which cannot end later ones', async () => {
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

  test('answers 401 to a deleted account, before and after the cron run', async () => {
    const anna = await actors.join()
    const script = anna.asApiClient()
    expectStatus(await anna.deletesAccount(), 204)
    expectErrors(await script.delete('/api/session/all'), 401, ['session_ended'])
    await runCron(site)
    expectErrors(await script.delete('/api/session/all'), 401, ['session_ended'])
  })

  test('ends no session of other users', async () => {
    const anna = await actors.join()
    const ben = await actors.join('ben')
    await anna.delete('/api/session/all')
    expectStatus(await ben.get('/api/activities/home'), 200)
  })

  test('needs a viewer', async () => {
    expectErrors(await actors.visitor().delete('/api/session/all'), 401, ['unauthorized'])
  })
})

describe('PUT /api/session/password', () => {
  test('ends the other sessions on pages', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    expectStatus(await anna.put('/api/session/password', { current: PASSWORD, new: NEW_PASSWORD }), 200)
    expect((await anna.visits('/')).text).toContain(`@${anna.handle}`)
    const page = expectStatus(await phone.visits('/'), 200)
    expect(page.text).not.toContain('<script')
    expect(phone.hasSession).toBe(false)
  })

  test('invalidates the refresh tokens of others even if the database goes down meanwhile', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    // The throttle gets through, and the password is changed.
    site.database.outageAfter(1)
    expectErrors(await anna.put('/api/session/password', { current: PASSWORD, new: NEW_PASSWORD }), 503, [
      'database_unavailable',
    ])
    site.database.setOutage(false)
    phone.cookies.delete('__Host-access')
    expectErrors(await phone.get('/api/activities/home'), 401, ['unauthorized'])
    await anna.onAnotherDevice().signsIn(NEW_PASSWORD)
  })

  test('keeps the current session and ends the others', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    const script = anna.asApiClient()

    const { body } = expectStatus(
      await anna.put('/api/session/password', { current: PASSWORD, new: NEW_PASSWORD }),
      200,
    )
    expect(body.viewer.handle).toBe(anna.handle)
    expectStatus(await anna.get('/api/activities/home'), 200)
    expectErrors(await phone.get('/api/activities/home'), 401, ['session_ended'])
    expectErrors(await script.get('/api/activities/home'), 401, ['session_ended'])

    const old = { email: anna.email, password: PASSWORD }
    expectErrors(await anna.onAnotherDevice().post('/api/session', old), 401, ['credentials_wrong'])
    await anna.onAnotherDevice().signsIn(NEW_PASSWORD)
  })

  test('needs the current password', async () => {
    const anna = await actors.join()
    expectErrors(await anna.put('/api/session/password', { current: 'Wrong-2026!', new: NEW_PASSWORD }), 422, [
      { code: 'password_wrong', field: 'current' },
    ])
    expectStatus(await anna.get('/api/activities/home'), 200)
    await anna.onAnotherDevice().signsIn()
  })

  test('rejects a weak or empty password', async () => {
    const anna = await actors.join()
    expectErrors(await anna.put('/api/session/password', { current: PASSWORD, new: 'weak' }), 422, [
      { code: 'password_weak', field: 'new' },
    ])
    expectErrors(await anna.put('/api/session/password', {}), 422, [
      { code: 'password_blank', field: 'current' },
      { code: 'password_blank', field: 'new' },
    ])
  })

  test('needs a viewer', async () => {
    const body = { current: PASSWORD, new: NEW_PASSWORD }
    expectErrors(await actors.visitor().put('/api/session/password', body), 401, ['unauthorized'])
  })
})
