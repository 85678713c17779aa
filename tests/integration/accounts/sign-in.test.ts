import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { PASSWORD } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors, cognito } = site
const siteWithClientSecret = await openSite({ pool: { clientSecret: 'a-client-secret' } })

describe('happy', () => {
  test('signs in with email and password', async () => {
    const anna = await actors.join()
    const later = anna.onAnotherDevice()
    const { body, text, headers } = await later.signsIn()
    const viewer = expect.objectContaining({ handle: anna.handle })
    const preferences = {
      default_ttl: '7-days',
      default_audience: 'everyone',
      approves_followers: false,
      alt_required: true,
      open_warnings: false,
      theme: 'system',
    }
    expect(body).toEqual({ viewer, follows_nobody: true, preferences })
    expect(text).not.toContain('eyJ')
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect([...later.cookies.keys()]).toEqual(['__Host-access', '__Host-refresh', '__Host-session', '__Host-device'])
    expect((await later.get('/api/session')).body.viewer.handle).toBe(anna.handle)
  })

  test('the email is case-insensitive', async () => {
    const anna = await actors.join()
    const body = { email: anna.email.toUpperCase(), password: PASSWORD }
    expectStatus(await anna.onAnotherDevice().post('/api/session', body), 200)
  })

  test('the session of a visitor has no viewer', async () => {
    const answer = expectStatus(await actors.visitor().get('/api/session'), 200)
    expect(answer.body).toEqual({ viewer: null })
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  test('signing out ends the session and its refresh token', async () => {
    const anna = await actors.join()
    const thief = anna.onAnotherDevice()
    for (const [name, value] of anna.cookies) if (name !== '__Host-access') thief.cookies.set(name, value)
    expectStatus(await anna.delete('/api/session'), 204)
    expect(anna.hasSession).toBe(false)
    expect((await thief.get('/api/session')).body).toEqual({ viewer: null })
    expect(thief.hasSession).toBe(false)
  })

  test('signing out keeps other sessions', async () => {
    const anna = await actors.join()
    const other = anna.onAnotherDevice()
    await other.signsIn()
    await anna.delete('/api/session')
    expectStatus(await other.get('/api/activities/home'), 200)
  })

  test('signing out without a session answers 204', async () => {
    expectStatus(await actors.visitor().delete('/api/session'), 204)
  })
})

describe.each([
  ['', site],
  [', with a client secret', siteWithClientSecret],
])('an account created by an administrator%s', (_, { actors, cognito }) => {
  const invite = async () => {
    const ben = actors.unregistered('ben')
    const temporaryPassword = 'Temporary-1!'
    await cognito.addTemporaryUser({ email: ben.email, temporaryPassword })
    return { ben, signIn: { email: ben.email, password: temporaryPassword } }
  }

  test('requires a new password, then a handle', async () => {
    const { ben, signIn } = await invite()
    expectErrors(await ben.post('/api/session', signIn), 409, ['password_change_required'])
    expect(ben.hasSession).toBe(false)

    const answer = await ben.post('/api/session', { ...signIn, new_password: PASSWORD })
    expect(expectStatus(answer, 200).body).toEqual({ viewer: null, handle_required: true })
    expect((await ben.put('/api/profile/handle', { handle: ben.handle })).body.viewer.handle).toBe(ben.handle)
    await ben.onAnotherDevice().signsIn()
  })

  test('rejects a weak new password', async () => {
    const { ben, signIn } = await invite()
    expectErrors(await ben.post('/api/session', { ...signIn, new_password: 'weak' }), 422, [
      { code: 'password_weak', field: 'new_password' },
    ])
  })

  test('rejects a wrong temporary password', async () => {
    const { ben, signIn } = await invite()
    const answer = await ben.post('/api/session', { ...signIn, password: 'Wrong-2026!', new_password: PASSWORD })
    expectErrors(answer, 401, ['credentials_wrong'])
  })
})

describe('error', () => {
  test('an unconfirmed email answers 403', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    const answer = await anna.post('/api/session', { email: anna.email, password: PASSWORD })
    expectErrors(answer, 403, ['email_unconfirmed'])
  })

  test.each([
    [{}, ['email', 'password']],
    [{ email: 'anna@example.com' }, ['password']],
    [{ password: PASSWORD }, ['email']],
  ])('%j is missing %j', async (body, fields) => {
    const answer = await actors.visitor().post('/api/session', body)
    expectErrors(
      answer,
      422,
      fields.map((field) => ({
        code: field === 'email' ? ('email_blank' as const) : ('password_blank' as const),
        field,
      })),
    )
  })
})

describe('security', () => {
  test('a wrong password and an unknown email get the same answer', async () => {
    const anna = await actors.join()
    const bodies = [
      { email: anna.email, password: 'Wrong-2026!' },
      { email: actors.unregistered().email, password: PASSWORD },
    ]
    const answers = await Promise.all(bodies.map((body) => actors.visitor().post('/api/session', body)))
    for (const answer of answers) expectErrors(answer, 401, ['credentials_wrong'])
    const [first, second] = answers.map(({ headers }) =>
      [...headers.keys()].filter((name) => name !== 'server-timing').sort(),
    )
    expect(first).toEqual(second)
  })

  test('a wrong password of an unconfirmed account gets the same answer', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    const answer = await anna.post('/api/session', { email: anna.email, password: 'Wrong-2026!' })
    expectErrors(answer, 401, ['credentials_wrong'])
  })

  test('rejects cross-site sign-in and sign-out', async () => {
    const anna = await actors.join()
    const from = (site: string) => ({
      origin: site,
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/json',
    })
    const body = JSON.stringify({ email: anna.email, password: PASSWORD })
    expectErrors(await anna.send('POST', '/api/session', from('https://evil.example'), body), 403, ['cross_origin'])
    expectErrors(await anna.send('DELETE', '/api/session', from('https://evil.example')), 403, ['cross_origin'])
    expectStatus(await anna.get('/api/activities/home'), 200)
  })

  test('the cookie holds an access token of this pool and client', async () => {
    const anna = await actors.join()
    expect(decodeJwt(anna.accessToken)).toMatchObject({
      iss: cognito.issuer,
      client_id: cognito.clientId,
      token_use: 'access',
    })
  })
})
