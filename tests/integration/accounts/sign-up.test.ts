import { afterEach, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors, db } = site
afterEach(() => {
  site.poolClock.skew = 0
})

const DAY = 86_400_000
const anotherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('happy', () => {
  test('signing up mails a code; confirming with it creates the user and signs in', async () => {
    const anna = actors.unregistered()
    const answer = expectStatus(await anna.post('/api/session/sign-up', anna.details), 201)
    expect(answer.body).toEqual({ email: anna.email })
    expect(anna.mailCount).toBe(1)
    expect(anna.hasSession).toBe(false)

    const { body } = await anna.confirms()
    const me = { uuid: expect.any(String), handle: anna.handle, display_name: 'Anna', avatar_url: null }
    const preferences = {
      default_ttl: '7-days',
      default_audience: 'everyone',
      approves_followers: false,
      alt_required: true,
      open_warnings: false,
      theme: 'system',
    }
    expect(body).toEqual({ viewer: me, follows_nobody: true, preferences })
    expect((await anna.get('/api/session')).body).toEqual(body)
    const rows = await db.sql('select email, display_name from users where handle = $1', [anna.handle])
    expect(rows).toEqual([{ email: anna.email, display_name: 'Anna' }])
  })

  test('creates no row before the confirmation', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    expect(await db.sql('select from users where handle = $1', [anna.handle])).toHaveLength(0)
  })

  test('trims and lower-cases email and handle', async () => {
    const anna = actors.unregistered()
    const typed = { ...anna.details, email: ` ${anna.email.toUpperCase()} `, handle: `@${anna.handle.toUpperCase()}` }
    expectStatus(await anna.post('/api/session/sign-up', typed), 201)
    expect((await anna.confirms()).body.viewer.handle).toBe(anna.handle)
  })

  test('a new code can be requested, which invalidates the old one', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    const old = anna.code
    expectStatus(await anna.post('/api/session/resend', { email: anna.email }), 204)
    expect(anna.mailCount).toBe(2)
    if (anna.code !== old) {
      expectErrors(await anna.post('/api/session/confirm', { email: anna.email, code: old }), 422, [
        { code: 'code_wrong', field: 'code' },
      ])
    }
    await anna.confirms()
  })

  test('signing up again before the confirmation mails a new code', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    await anna.signsUp()
    expect(anna.mailCount).toBe(2)
    expect((await anna.confirms()).body.viewer.handle).toBe(anna.handle)
  })
})

describe('error', () => {
  test('a taken handle answers with three free suggestions', async () => {
    const anna = await actors.join()
    const ben = actors.unregistered('ben')
    const answer = await ben.post('/api/session/sign-up', { ...ben.details, handle: anna.handle.toUpperCase() })
    expectErrors(answer, 422, [{ code: 'handle_taken', field: 'handle', suggestions: expect.any(Array) }])
    const [{ suggestions }] = answer.body.errors
    expect(new Set(suggestions).size).toBe(3)
    for (const handle of suggestions) expect(handle).toMatch(/^[a-z0-9_]{1,30}$/)
    expect(await db.sql('select from users where handle = any($1::text[])', [suggestions])).toHaveLength(0)
    expect(ben.mailCount).toBe(0)

    const again = { ...ben.details, handle: suggestions[0] }
    expectStatus(await ben.post('/api/session/sign-up', again), 201)
  })

  test('a taken handle and a taken email are told at once, with other errors too', async () => {
    const anna = await actors.join()
    const ben = actors.unregistered('ben')
    const taken = { ...ben.details, handle: anna.handle, email: anna.email.toUpperCase() }
    const both = [
      { code: 'email_taken', field: 'email' },
      { code: 'handle_taken', field: 'handle', suggestions: expect.any(Array) },
    ] as const
    expectErrors(await ben.post('/api/session/sign-up', taken), 422, [...both])
    expectErrors(await ben.post('/api/session/sign-up', { ...taken, password: 'weak' }), 422, [
      ...both,
      { code: 'password_weak', field: 'password' },
    ])
    expect(anna.mailCount).toBe(1)
  })

  test('suggestions for a handle of maximum length are not too long', async () => {
    const anna = actors.unregistered()
    anna.details.handle = anna.handle.padEnd(30, 'x')
    await anna.signsUp()
    await anna.confirms()
    const ben = actors.unregistered('ben')
    const answer = await ben.post('/api/session/sign-up', { ...ben.details, handle: anna.handle })
    const [{ suggestions }] = expectStatus(answer, 422).body.errors
    expect(suggestions).toHaveLength(3)
    for (const handle of suggestions) expect(handle).toMatch(/^[a-z0-9_]{1,30}$/)
  })

  test.each(['admin', 'api', 'signin', 'cruddur', 'cruddur_team', 'adm1n'])(
    'the handle %s is reserved',
    async (handle) => {
      const anna = actors.unregistered()
      const answer = await anna.post('/api/session/sign-up', { ...anna.details, handle })
      expectErrors(answer, 422, [{ code: 'handle_reserved', field: 'handle', suggestions: expect.any(Array) }])
      expect(answer.body.errors[0].suggestions).not.toContain(handle)
    },
  )

  test('a reserved display name', async () => {
    const anna = actors.unregistered()
    const named = { ...anna.details, display_name: 'Ｃrüddur' }
    expectErrors(await anna.post('/api/session/sign-up', named), 422, [
      { code: 'display_name_reserved', field: 'display_name' },
    ])
    const page = expectStatus(await anna.submits('/signup', named), 422)
    expect(page.text).toContain('That name looks like one of ours.')
    expect(page.text).toContain('value="Ｃrüddur"')
  })

  test('a taken email', async () => {
    const anna = await actors.join()
    const other = { ...actors.unregistered().details, email: anna.email }
    expectErrors(await actors.visitor().post('/api/session/sign-up', other), 422, [
      { code: 'email_taken', field: 'email' },
    ])
    expect(anna.mailCount).toBe(1)
  })

  test('reports all errors at once', async () => {
    expectErrors(await actors.visitor().post('/api/session/sign-up', { password: 'weak', handle: 'a b' }), 422, [
      { code: 'display_name_blank', field: 'display_name' },
      { code: 'email_blank', field: 'email' },
      { code: 'handle_invalid', field: 'handle' },
      { code: 'password_weak', field: 'password' },
    ])
  })

  test('a wrong code', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    const wrong = { email: anna.email, code: anotherCode(anna.code) }
    expectErrors(await anna.post('/api/session/confirm', wrong), 422, [{ code: 'code_wrong', field: 'code' }])
    await anna.confirms()
  })

  test('an expired code', async () => {
    const anna = actors.unregistered()
    site.poolClock.skew = -2 * DAY
    await anna.signsUp()
    site.poolClock.skew = 0
    const answer = await anna.post('/api/session/confirm', { email: anna.email, code: anna.code })
    expectErrors(answer, 422, [{ code: 'code_wrong', field: 'code' }])
    expect(anna.hasSession).toBe(false)
  })

  test('a used code', async () => {
    const anna = await actors.join()
    const again = await anna.onAnotherDevice().post('/api/session/confirm', { email: anna.email, code: anna.code })
    expectErrors(again, 422, [{ code: 'code_wrong', field: 'code' }])
  })

  test('too many wrong codes answer 429 with Retry-After', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    const wrong = { email: anna.email, code: anotherCode(anna.code) }
    const otherBrowser = anna.onAnotherDevice()
    for (let attempts = 0; attempts < 5; attempts += 1)
      expectStatus(await otherBrowser.post('/api/session/confirm', wrong), 422)
    const answer = await otherBrowser.post('/api/session/confirm', wrong)
    expectErrors(answer, 429, ['code_used_up'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('security', () => {
  test('requesting a new code does not reveal whether an account exists', async () => {
    const anna = await actors.join()
    for (const email of [anna.email, actors.unregistered().email]) {
      const answer = expectStatus(await actors.visitor().post('/api/session/resend', { email }), 204)
      expect(answer.text).toBe('')
    }
    expect(anna.mailCount).toBe(1)
  })

  test('no body contains a token; the cookies are HttpOnly', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    const answer = await anna.confirms()
    expect(answer.text).not.toContain('eyJ')
    const cookies = answer.headers.getSetCookie()
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual([
      '__Host-sign-up',
      '__Host-access',
      '__Host-refresh',
      '__Host-session',
      '__Host-device',
    ])
    for (const cookie of cookies) {
      expect(cookie.split('; ')).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']))
      expect(cookie).not.toContain('Domain')
    }
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })

  test('rejects a cross-site sign-up', async () => {
    const { details } = actors.unregistered()
    const headers = {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/json',
    }
    const answer = await actors.visitor().send('POST', '/api/session/sign-up', headers, JSON.stringify(details))
    expectErrors(answer, 403, ['cross_origin'])
  })
})
