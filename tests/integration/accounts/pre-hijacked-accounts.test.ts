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
const siteWithoutSession = await openSite({ pool: { overrides: { confirmSession: false } } })
const { actors, cognito } = site
afterEach(() => {
  site.identity.setOutage(false)
  site.poolClock.skew = 0
})

const confirm = (actor: Actor, more: object = {}, code = actor.code) =>
  actor.post('/api/session/confirm', { email: actor.email, code, ...more })
const expectResetRequired = (answer: Awaited<ReturnType<typeof confirm>>) =>
  expectErrors(answer, 403, ['password_reset_required'])

describe('a user who proves their sign-up gets the account', () => {
  test('by the cookie of the sign-up, which is deleted then', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    // In the email, whose sign a cookie encodes, stands the handle.
    expect(anna.cookies.get('__Host-sign-up')).toMatch(/./)
    expect(anna.cookies.get('__Host-sign-up')).not.toContain(anna.handle)
    expect(expectStatus(await confirm(anna), 200).body.viewer.handle).toBe(anna.handle)
    expect(anna.cookies.has('__Host-sign-up')).toBe(false)
    expect(await countPendingResets(site, anna.email)).toBe(0)
    await anna.onAnotherDevice().signsIn()
  })

  test('by the password, in another browser', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    const phone = anna.onAnotherDevice()
    expect(expectStatus(await confirm(phone, { password: PASSWORD }), 200).body.viewer.handle).toBe(anna.handle)
    expect(await countPendingResets(site, anna.email)).toBe(0)
    await anna.onAnotherDevice().signsIn()
  })

  test('when Cognito’s Session of the sign-up has expired, and signs in by hand', async () => {
    const anna = actors.unregistered()
    site.poolClock.skew = -600_000
    await anna.signsUp()
    site.poolClock.skew = 0
    expect(expectStatus(await confirm(anna), 200).body).toEqual({ viewer: null })
    await anna.signsIn()
  })

  test('when the pool returns no Session, by signing in or by the password', async () => {
    const [anna, ben] = [siteWithoutSession.actors.unregistered(), siteWithoutSession.actors.unregistered('ben')]
    for (const actor of [anna, ben]) await actor.signsUp()
    expect(expectStatus(await confirm(anna), 200).body).toEqual({ viewer: null })
    await anna.signsIn()
    const answer = await confirm(ben.onAnotherDevice(), { password: PASSWORD })
    expect(expectStatus(answer, 200).body.viewer.handle).toBe(ben.handle)
  })

  test('without proof, after setting a new password', async () => {
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

describe('an account that an attacker signed up first', () => {
  test.each([
    ['without a password', {}],
    ['with their own', { password: VICTIM_PASSWORD }],
  ])('the victim confirms %s: nobody can sign in before the reset, and only the victim after it', async (_, more) => {
    const { attacker, victim } = await preHijack(site)
    expect(victim.cookies.has('__Host-sign-up')).toBe(false)
    expectResetRequired(await confirm(victim, more))
    expect(victim.hasSession).toBe(false)
    for (const actor of [attacker, attacker.onAnotherDevice(), victim]) {
      expectResetRequired(await actor.post('/api/session', { email: victim.email, password: PASSWORD }))
      expect(actor.cookies.has('__Host-access')).toBe(false)
    }
    expect(await usersWithEmail(site, victim.email)).toEqual([])

    expectStatus(await resetsPassword(victim), 204)
    const refused = await attacker.post('/api/session', { email: victim.email, password: PASSWORD })
    expectErrors(refused, 401, ['credentials_wrong'])
    await victim.signsIn(VICTIM_PASSWORD)
    await victim.posts('mine at last')
    expect(await countPendingResets(site, victim.email)).toBe(0)
  })

  test('the attacker’s sign-up cookie opens nothing that the victim confirmed', async () => {
    const { attacker, victim } = await preHijack(site)
    expectResetRequired(await confirm(victim))
    for (const code of [victim.code, '000000']) expectStatus(await confirm(attacker, { password: PASSWORD }, code), 422)
    site.identity.setOutage(true)
    expectStatus(await confirm(attacker), 503)
    site.identity.setOutage(false)
    expectResetRequired(await attacker.post('/api/session', { email: victim.email, password: PASSWORD }))
  })

  test('a cookie of another email, an altered one and extra fields of the request open nothing', async () => {
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

  test('tokens straight from Cognito are rejected before the reset and after it', async () => {
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

    // Only the reset reaches Cognito, which therefore revokes no token.
    const recovery = { email: victim.email, code: victim.code, password: VICTIM_PASSWORD }
    site.identity.outageAfter(1)
    expectStatus(await victim.post('/api/session/recover/confirm', recovery), 204)
    site.identity.setOutage(false)
    const refreshed = await callCognito(cognito, 'GetTokensFromRefreshToken', { RefreshToken: stolen.RefreshToken })
    const freshToken = refreshed.AuthenticationResult?.AccessToken ?? ''
    expect(freshToken).not.toBe('')
    const handle = { handle: actors.unregistered('mine').handle }
    for (const token of [stolen.AccessToken, freshToken]) {
      expectErrors(await apiClient(site.origin, token).get('/api/activities/home'), 401, ['session_ended'])
      expectErrors(await apiClient(site.origin, token).put('/api/profile/handle', handle), 401, ['session_ended'])
    }
    expect(await usersWithEmail(site, victim.email)).toEqual([])
    expect((await victim.signsIn(VICTIM_PASSWORD)).body.viewer.handle).toBe(attacker.handle)
    for (const token of [stolen.AccessToken, freshToken]) {
      expectErrors(await apiClient(site.origin, token).get('/api/activities/home'), 401, ['session_ended'])
    }
  })

  test('a refresh token straight from Cognito opens no session in a browser', async () => {
    const { attacker, victim } = await preHijack(site)
    expectResetRequired(await confirm(victim))
    const { RefreshToken } = await tokensFromCognito(cognito, victim.email, PASSWORD)
    const expectNoSession = async () => {
      attacker.cookies.clear()
      attacker.cookies.set('__Host-refresh', RefreshToken)
      expect(expectStatus(await attacker.get('/api/session'), 200).body).toEqual({ viewer: null })
      attacker.cookies.set('__Host-refresh', RefreshToken)
      expect((await attacker.get('/api/activities/home')).status).toBeOneOf([401, 403])
      expect((await attacker.post('/api/activities', { message: 'hi', ttl: '1-hour' })).status).toBeOneOf([401, 403])
    }
    await expectNoSession()
    expectStatus(await resetsPassword(victim), 204)
    await expectNoSession()
    await victim.signsIn(VICTIM_PASSWORD)
    await expectNoSession()
  })

  test('is locked even if its handle is taken, instead of choosing another', async () => {
    const taken = await actors.join('tara')
    const { victim } = await preHijack(site)
    const attributes = { UserAttributes: [{ Name: 'preferred_username', Value: taken.handle }] }
    expectResetRequired(await confirm(victim))
    const { AccessToken } = await tokensFromCognito(cognito, victim.email, PASSWORD)
    await callCognito(cognito, 'UpdateUserAttributes', { AccessToken, ...attributes })
    expectResetRequired(await actors.visitor().post('/api/session', { email: victim.email, password: PASSWORD }))
    expectResetRequired(await apiClient(site.origin, AccessToken).get('/api/activities/home'))
    await recoversAccount(victim)
    expect((await victim.signsIn(VICTIM_PASSWORD)).body).toEqual({ viewer: null, handle_required: true })
  })
})

describe('without script, each step redirects to the next', () => {
  const redirectOf = (answer: Awaited<ReturnType<typeof confirm>>) =>
    expectStatus(answer, 303).headers.get('location') ?? ''

  test('from the code to the new password', async () => {
    const { victim } = await preHijack(site)
    const { details, email } = victim
    const confirmPath = redirectOf(await victim.submits('/signup', { ...details, email }))
    expect(confirmPath).toBe(`/confirm?email=${encodeURIComponent(email)}`)
    const form = await victim.visits(confirmPath)
    expect(form.text).toMatch(/<input[^>]*name="password"/)
    const next = redirectOf(
      await victim.submits(confirmPath, { email, code: victim.code, password: VICTIM_PASSWORD, next: '/about' }),
    )
    expect(next).toBe(`/forgot?email=${encodeURIComponent(email)}&step=confirm&required=1&next=%2Fabout`)
    const page = await victim.visits(next)
    expect(page.text).toContain('someone else knows the old password')
    expect(page.text).not.toContain('<script')
    const fields = { step: 'confirm', email, code: victim.code, password: VICTIM_PASSWORD, required: '1' }
    expect(redirectOf(await victim.submits('/forgot', fields))).toContain('step=done')
    expect(redirectOf(await victim.submits('/signin', { email, password: VICTIM_PASSWORD }))).toBe('/')
  })

  test('from sign-in to the new password, with the code mailed', async () => {
    const { attacker, victim } = await preHijack(site)
    expectResetRequired(await confirm(victim))
    const { email, mailCount } = victim
    const next = redirectOf(await attacker.submits('/signin', { email, password: PASSWORD }))
    expect(next).toBe(`/forgot?email=${encodeURIComponent(email)}&step=confirm&required=1`)
    expect(victim.mailCount).toBe(mailCount + 1)
  })

  test('the browser that signed up needs no password to confirm', async () => {
    const anna = actors.unregistered()
    const { email } = anna
    const path = redirectOf(await anna.submits('/signup', anna.details))
    expect((await anna.visits(path)).text).not.toMatch(/<input[^>]*name="password"/)
    expect((await anna.onAnotherDevice().visits(path)).text).toMatch(/<input[^>]*name="password"/)
    const wrong = expectStatus(await anna.submits(path, { email, code: '' }), 422)
    expect(wrong.text).not.toMatch(/<input[^>]*name="password"/)
    expect(redirectOf(await anna.submits(path, { email, code: anna.code }))).toBe('/')
  })
})
