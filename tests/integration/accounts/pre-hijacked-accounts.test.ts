import { afterEach, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { type Actor, apiClient, PASSWORD } from '../../support/actors/actors.ts'
import { callCognito, tokensFromCognito } from '../../support/actors/call-cognito.ts'
import {
  countPendingResets,
  preHijack,
  recoversAccount,
  resetsPassword,
  usersWithEmail,
  VICTIM_PASSWORD,
} from '../../support/actors/pre-hijack.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const lite = await openSite({ pool: { overrides: { confirmSession: false } } })
const { actors, cognito } = site
afterEach(() => {
  site.identity.setOutage(false)
  site.poolClock.skew = 0
})

const confirm = (person: Actor, more: object = {}, code = person.code) =>
  person.post('/api/session/confirm', { email: person.email, code, ...more })
const expectResetRequired = (answer: Awaited<ReturnType<typeof confirm>>) =>
  expectErrors(answer, 403, ['password_reset_required'])

describe('whoever proves to have signed up is let in', () => {
  test('by the cookie of their browser, which is gone then', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    expect(anna.cookies.get('__Host-sign-up')).not.toContain(anna.email)
    expect(expectStatus(await confirm(anna), 200).body.viewer.handle).toBe(anna.handle)
    expect(anna.cookies.has('__Host-sign-up')).toBe(false)
    expect(await countPendingResets(site, anna.email)).toBe(0)
    await anna.onAnotherDevice().signsIn()
  })

  test('by the password, at another browser', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    const phone = anna.onAnotherDevice()
    expect(expectStatus(await confirm(phone, { password: PASSWORD }), 200).body.viewer.handle).toBe(anna.handle)
    expect(await countPendingResets(site, anna.email)).toBe(0)
    await anna.onAnotherDevice().signsIn()
  })

  test('when the Session of signing up is too old: they sign in by hand', async () => {
    const anna = actors.unregistered()
    site.poolClock.skew = -600_000
    await anna.signsUp()
    site.poolClock.skew = 0
    expect(expectStatus(await confirm(anna), 200).body).toEqual({ viewer: null })
    await anna.signsIn()
  })

  test('where the pool gives no Session: by hand, or by the password', async () => {
    const [anna, ben] = [lite.actors.unregistered(), lite.actors.unregistered('ben')]
    for (const person of [anna, ben]) await person.signsUp()
    expect(expectStatus(await confirm(anna), 200).body).toEqual({ viewer: null })
    await anna.signsIn()
    const answer = await confirm(ben.onAnotherDevice(), { password: PASSWORD })
    expect(expectStatus(answer, 200).body.viewer.handle).toBe(ben.handle)
  })

  test('who goes without proof sets a new password, and has the account', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    const phone = anna.onAnotherDevice()
    expectResetRequired(await confirm(phone))
    expect(anna.mailCount).toBe(2)
    expectErrors(await phone.post('/api/session', { email: anna.email, password: PASSWORD }), 403, [
      'password_reset_required',
    ])
    expectStatus(await resetsPassword(phone), 204)
    expect((await phone.signsIn(VICTIM_PASSWORD)).body.viewer.handle).toBe(anna.handle)
  })
})

describe('an account that somebody else signed up first', () => {
  test.each([
    ['without a password', {}],
    ['with their own', { password: VICTIM_PASSWORD }],
  ])('the victim confirms %s: nobody gets in before the reset, and only the victim after it', async (_, more) => {
    const { attacker, victim } = await preHijack(site)
    expect(victim.cookies.has('__Host-sign-up')).toBe(false)
    expectResetRequired(await confirm(victim, more))
    expect(victim.hasSession).toBe(false)
    for (const person of [attacker, attacker.onAnotherDevice(), victim]) {
      expectResetRequired(await person.post('/api/session', { email: victim.email, password: PASSWORD }))
      expect(person.cookies.has('__Host-access')).toBe(false)
    }
    expect(await usersWithEmail(site, victim.email)).toEqual([])

    expectStatus(await resetsPassword(victim), 204)
    const refused = await attacker.post('/api/session', { email: victim.email, password: PASSWORD })
    expectErrors(refused, 401, ['credentials_wrong'])
    await victim.signsIn(VICTIM_PASSWORD)
    await victim.posts('mine at last')
    expect(await countPendingResets(site, victim.email)).toBe(0)
  })

  test('the cookie of who signed up first opens nothing that the victim confirmed', async () => {
    const { attacker, victim } = await preHijack(site)
    expectResetRequired(await confirm(victim))
    for (const code of [victim.code, '000000']) expectStatus(await confirm(attacker, { password: PASSWORD }, code), 422)
    site.identity.setOutage(true)
    expectStatus(await confirm(attacker), 503)
    site.identity.setOutage(false)
    expectResetRequired(await attacker.post('/api/session', { email: victim.email, password: PASSWORD }))
  })

  test('nor do a cookie of another address, a changed one, and what the request says', async () => {
    const { victim } = await preHijack(site)
    const other = actors.unregistered('olga')
    await other.signsUp()
    const cookie = other.cookies.get('__Host-sign-up') ?? ''
    victim.cookies.set('__Host-sign-up', cookie)
    expect((await victim.get(`/api/session/confirm?email=${victim.email}`)).body).toEqual({ password_needed: true })
    expectResetRequired(await confirm(victim, { begun_before: false, proved_sub: 'x', password_needed: false }))

    await other.post('/api/session/resend', { email: other.email })
    other.cookies.set(
      '__Host-sign-up',
      cookie.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
    )
    expectResetRequired(await confirm(other))
  })

  test('tokens straight from Cognito are worth nothing: before the reset, and after it', async () => {
    const { attacker, victim } = await preHijack(site)
    expectResetRequired(await confirm(victim))
    const stolen = await tokensFromCognito(cognito, victim.email, PASSWORD)
    const thief = apiClient(site.origin, stolen.AccessToken)
    for (const answer of [
      await thief.get('/api/session'),
      await thief.get('/api/activities/everyone'),
      await thief.get('/api/profile/export'),
      await thief.post('/api/activities', { message: 'as you', ttl: '1-hour' }),
      await thief.put('/api/profile/handle', { handle: actors.unregistered('mine').handle }),
    ]) {
      expectResetRequired(answer)
    }

    // Cognito ends nothing: only the new password gets through to it.
    const recovery = { email: victim.email, code: victim.code, password: VICTIM_PASSWORD }
    site.identity.outageAfter(1)
    expectStatus(await victim.post('/api/session/recover/confirm', recovery), 204)
    site.identity.setOutage(false)
    const refreshed = await callCognito(cognito, 'GetTokensFromRefreshToken', { RefreshToken: stolen.RefreshToken })
    const fresh = refreshed.AuthenticationResult?.AccessToken ?? ''
    expect(fresh).not.toBe('')
    const handle = { handle: actors.unregistered('mine').handle }
    for (const token of [stolen.AccessToken, fresh]) {
      expectErrors(await apiClient(site.origin, token).get('/api/activities/home'), 401, ['session_ended'])
      expectErrors(await apiClient(site.origin, token).put('/api/profile/handle', handle), 401, ['session_ended'])
    }
    expect(await usersWithEmail(site, victim.email)).toEqual([])
    expect((await victim.signsIn(VICTIM_PASSWORD)).body.viewer.handle).toBe(attacker.handle)
    for (const token of [stolen.AccessToken, fresh]) {
      expectErrors(await apiClient(site.origin, token).get('/api/activities/home'), 401, ['session_ended'])
    }
  })

  test('nor does a refresh token open a session that is put into a browser', async () => {
    const { attacker, victim } = await preHijack(site)
    expectResetRequired(await confirm(victim))
    const { RefreshToken } = await tokensFromCognito(cognito, victim.email, PASSWORD)
    const tries = async () => {
      attacker.cookies.clear()
      attacker.cookies.set('__Host-refresh', RefreshToken)
      expect((await attacker.get('/api/session')).body.viewer ?? null).toBeNull()
      attacker.cookies.set('__Host-refresh', RefreshToken)
      expect((await attacker.get('/api/activities/home')).status).toBeOneOf([401, 403])
      expect((await attacker.post('/api/activities', { message: 'hi', ttl: '1-hour' })).status).toBeOneOf([401, 403])
    }
    await tries()
    expectStatus(await resetsPassword(victim), 204)
    await tries()
    await victim.signsIn(VICTIM_PASSWORD)
    await tries()
  })

  test('one whose handle is taken is shut as well, not asked for another', async () => {
    const taken = await actors.join('tara')
    const { victim } = await preHijack(site)
    const ask = { UserAttributes: [{ Name: 'preferred_username', Value: taken.handle }] }
    expectResetRequired(await confirm(victim))
    const { AccessToken } = await tokensFromCognito(cognito, victim.email, PASSWORD)
    await callCognito(cognito, 'UpdateUserAttributes', { AccessToken, ...ask })
    expectResetRequired(await actors.visitor().post('/api/session', { email: victim.email, password: PASSWORD }))
    expectResetRequired(await apiClient(site.origin, AccessToken).get('/api/activities/home'))
    await recoversAccount(victim)
    expect((await victim.signsIn(VICTIM_PASSWORD)).body).toEqual({ viewer: null, handle_required: true })
  })
})

describe('without script, each step leads to the next', () => {
  const goesTo = (answer: Awaited<ReturnType<typeof confirm>>) =>
    expectStatus(answer, 303).headers.get('location') ?? ''

  test('from the code to the new password, which comes in one step', async () => {
    const { victim } = await preHijack(site)
    const { details, email } = victim
    const joined = goesTo(await victim.submits('/signup', { ...details, email }))
    expect(joined).toBe(`/confirm?email=${encodeURIComponent(email)}`)
    const form = await victim.visits(joined)
    expect(form.text).toMatch(/<input[^>]*name="password"/)
    const next = goesTo(
      await victim.submits(joined, { email, code: victim.code, password: VICTIM_PASSWORD, next: '/about' }),
    )
    expect(next).toBe(`/forgot?email=${encodeURIComponent(email)}&step=confirm&required=1&next=%2Fabout`)
    const page = await victim.visits(next)
    expect(page.text).toContain('may know the old password')
    expect(page.text).not.toContain('<script')
    const fields = { step: 'confirm', email, code: victim.code, password: VICTIM_PASSWORD, required: '1' }
    expect(goesTo(await victim.submits('/forgot', fields))).toContain('step=done')
    expect(goesTo(await victim.submits('/signin', { email, password: VICTIM_PASSWORD }))).toBe('/')
  })

  test('from signing in to the new password, with the code on its way', async () => {
    const { attacker, victim } = await preHijack(site)
    expectResetRequired(await confirm(victim))
    const { email, mailCount: mails } = victim
    const next = goesTo(await attacker.submits('/signin', { email, password: PASSWORD }))
    expect(next).toBe(`/forgot?email=${encodeURIComponent(email)}&step=confirm&required=1`)
    expect(victim.mailCount).toBe(mails + 1)
  })

  test('the browser that signed up is asked for no password', async () => {
    const anna = actors.unregistered()
    const { email } = anna
    const path = goesTo(await anna.submits('/signup', anna.details))
    expect((await anna.visits(path)).text).not.toMatch(/<input[^>]*name="password"/)
    expect((await anna.onAnotherDevice().visits(path)).text).toMatch(/<input[^>]*name="password"/)
    const wrong = expectStatus(await anna.submits(path, { email, code: '' }), 422)
    expect(wrong.text).not.toMatch(/<input[^>]*name="password"/)
    expect(goesTo(await anna.submits(path, { email, code: anna.code }))).toBe('/')
  })
})
