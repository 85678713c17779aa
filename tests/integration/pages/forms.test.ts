import { afterEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { PASSWORD } from '../../support/actors/actors.ts'
import { sendsHeadersOnly } from '../../support/actors/unsent-body.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors, db } = site
afterEach(() => {
  site.database.setOutage(false)
  site.identity.setOutage(false)
})

const expectRedirect = (answer: Answer, path: string) => {
  expectStatus(answer, 303)
  expect(answer.headers.get('location')).toBe(path)
  expect(answer.headers.get('cache-control')).toContain('no-store')
}

/** The value of an input by name. */
function inputValueOf({ text }: Answer, name: string): string | undefined {
  const tag = text.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`))?.[0]
  return tag?.match(/ value="([^"]*)"/)?.[1]
}

/** The texts that an invalid input names by aria-describedby, its error first; undefined if it is valid. */
function errorOf({ text }: Answer, name: string): string | undefined {
  const tag = text.match(new RegExp(`<(?:input|textarea)[^>]*name="${name}"[^>]*>`))?.[0] ?? ''
  const ids = tag.match(/aria-describedby="([^"]*)"/)?.[1]?.split(' ') ?? []
  if (!tag.includes('aria-invalid="true"')) return undefined
  const html = ids.map((id) => text.match(new RegExp(`<p[^>]* id="${id}"[^>]*>(.*?)</p>`, 's'))?.[1] ?? '').join(' ')
  return html.replace(/<[^>]*>/g, '')
}

describe('without script', () => {
  test('a user signs up, confirms, posts, replies, deletes, signs out and in', async () => {
    const anna = actors.unregistered()
    expectRedirect(await anna.submits('/signup', anna.details), `/confirm?email=${encodeURIComponent(anna.email)}`)
    const confirm = expectStatus(await anna.visits(`/confirm?email=${encodeURIComponent(anna.email)}`), 200)
    expect(inputValueOf(confirm, 'email')).toBe(anna.email)
    expect(confirm.text).toMatch(/<input[^>]*name="code"[^>]*>/)
    const code = confirm.text.match(/<input[^>]*name="code"[^>]*>/)?.[0] ?? ''
    expect(code.toLowerCase()).toContain('autocomplete="one-time-code"')
    expect(code.toLowerCase()).toContain('inputmode="numeric"')

    expectRedirect(await anna.submits('/confirm', { email: anna.email, code: anna.code }), '/')
    expect(anna.hasSession).toBe(true)
    expectRedirect(await anna.submits('/', { message: 'said without script', ttl: '1-hour' }), '/')
    const home = expectStatus(await anna.visits('/'), 200)
    expect(home.text).toContain('said without script')

    const [row] = await db.sql<{ uuid: string }>(
      'select activities.uuid from activities join users on users.uuid = user_uuid where handle = $1',
      [anna.handle],
    )
    const path = `/@${anna.handle}/status/${row?.uuid}`
    const answer = await anna.submits(path, { message: 'answered without script' })
    const [, reply] = (answer.headers.get('location') ?? '').split('#')
    expectRedirect(answer, `${path}#${reply}`)
    expect(reply).toMatch(/^[0-9a-f-]{36}$/)
    expect((await anna.visits(path)).text).toContain(`id="${reply}"`)
    expectRedirect(await anna.submits(`${path}/put-out`, {}), '/')
    expectStatus(await anna.visits(path), 410)

    expectRedirect(await anna.submits('/signout', {}), '/')
    expect(anna.hasSession).toBe(false)
    expectRedirect(await anna.submits('/signin', { email: anna.email, password: PASSWORD, next: '' }), '/')
    expectStatus(await anna.visits('/'), 200)
  })

  test('a user recovers with a mailed code', async () => {
    const anna = await actors.join()
    const browser = anna.onAnotherDevice()
    const email = encodeURIComponent(anna.email)
    expectRedirect(await browser.submits('/forgot', { email: anna.email }), `/forgot?email=${email}&step=confirm`)
    const form = { step: 'confirm', email: anna.email, code: anna.code, password: 'Another-2027?' }
    expectRedirect(await browser.submits('/forgot', form), `/forgot?email=${email}&step=done`)
    expectStatus(await browser.visits(`/forgot?email=${email}&step=done`), 200)
    expectRedirect(await browser.submits('/signin', { email: anna.email, password: 'Another-2027?' }), '/')
  })

  test('a user requests a new code', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    const answer = await anna.submits('/confirm', { email: anna.email, intent: 'resend' })
    expectRedirect(answer, `/confirm?email=${encodeURIComponent(anna.email)}&sent=1`)
    expect(anna.mailCount).toBe(2)
  })

  test('signing in before the confirmation redirects to it', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    const answer = await anna.submits('/signin', { email: anna.email, password: PASSWORD })
    expectRedirect(answer, `/confirm?email=${encodeURIComponent(anna.email)}`)
  })
})

test('a link to a form can fill in an email and nothing else', async () => {
  const visit = async (path: string) => expectStatus(await actors.visitor().visits(path), 200)
  const notAnEmail = encodeURIComponent('support: call 555 0100')
  for (const path of ['/confirm?', '/forgot?', '/forgot?step=confirm&', '/signin?']) {
    const page = await visit(`${path}email=${notAnEmail}`)
    expect(page.text).not.toContain('555')
    expect(inputValueOf(page, 'email')).toBe('')
    expect(inputValueOf(await visit(`${path}email=anna%40example.com`), 'email')).toBe('anna@example.com')
  }
})

test('inputs have the autocomplete attributes that password managers need', async () => {
  const autocompleteByName = async (path: string) => {
    const { text } = expectStatus(await actors.visitor().visits(path), 200)
    const inputs = [...text.matchAll(/<input[^>]* autoComplete="[^"]*"[^>]*>/gi)].map(([tag]) => tag)
    return Object.fromEntries(
      inputs.map((tag) => [/name="(\w+)"/.exec(tag)?.[1], /autocomplete="([^"]*)"/i.exec(tag)?.[1]]),
    )
  }
  expect(await autocompleteByName('/signin')).toEqual({ email: 'username', password: 'current-password' })
  expect(await autocompleteByName('/signup')).toEqual({
    display_name: 'name',
    email: 'username',
    handle: 'off',
    password: 'new-password',
  })
  expect(await autocompleteByName('/confirm')).toEqual({
    email: 'username',
    code: 'one-time-code',
    password: 'current-password',
  })
  expect(await autocompleteByName('/forgot?step=confirm')).toEqual({
    email: 'username',
    code: 'one-time-code',
    password: 'new-password',
  })
})

describe('a rejected form keeps its input, but never the password', () => {
  const typed = { display_name: 'Anna "Q" <b>', email: 'not an address', handle: 'a b', password: 'weak-Secret' }

  test('sign up', async () => {
    const page = expectStatus(await actors.visitor().submits('/signup', typed), 422)
    expect(inputValueOf(page, 'display_name')).toBe('Anna &quot;Q&quot; &lt;b&gt;')
    expect(inputValueOf(page, 'email')).toBe('not an address')
    expect(inputValueOf(page, 'handle')).toBe('a b')
    expect(errorOf(page, 'email')).toContain('Enter a full email address, like name@example.com.')
    expect(errorOf(page, 'handle')).toContain('Up to 30 letters a to z, digits and _.')
    expect(errorOf(page, 'password')).toContain('This password is too simple. See below what it needs.')
    expect(errorOf(page, 'display_name')).toBeUndefined()
    expect(page.text).not.toContain(typed.password)
    expect(page.text).not.toContain('<script')
  })

  test('sign up with a taken handle, which shows three free ones', async () => {
    const anna = await actors.join()
    const ben = actors.unregistered('ben')
    const page = expectStatus(await ben.submits('/signup', { ...ben.details, handle: anna.handle }), 422)
    expect(errorOf(page, 'handle')).toContain('Somebody already has this handle. Pick another.')
    expect(inputValueOf(page, 'email')).toBe(ben.email)
    const similar = new Set(page.text.match(new RegExp(`(the_)?${anna.handle.slice(0, 26)}\\w*`, 'g')))
    similar.delete(anna.handle)
    expect(similar.size).toBeGreaterThanOrEqual(3)
  })

  test('sign in', async () => {
    const anna = await actors.join()
    const form = { email: anna.email, password: 'Wrong-2026!', next: '/about' }
    const page = expectStatus(await anna.onAnotherDevice().submits('/signin', form), 401)
    expect(inputValueOf(page, 'email')).toBe(anna.email)
    expect(inputValueOf(page, 'next')).toBe('/about')
    expect(page.text).not.toContain('Wrong-2026!')
    expect(page.text).toContain('Wrong email or password')
  })

  test('confirm', async () => {
    const anna = actors.unregistered()
    await anna.signsUp()
    const page = expectStatus(await anna.submits('/confirm', { email: anna.email, code: '' }), 422)
    expect(inputValueOf(page, 'email')).toBe(anna.email)
    expect(errorOf(page, 'code')).toContain('Enter the code from your email.')
  })

  test('recover', async () => {
    const email = actors.unregistered().email
    const form = { step: 'confirm', email, code: '000000', password: 'weak-Secret' }
    const page = expectStatus(await actors.visitor().submits('/forgot', form), 422)
    expect(inputValueOf(page, 'email')).toBe(email)
    expect(errorOf(page, 'password')).toContain('This password is too simple. See below what it needs.')
    expect(page.text).not.toContain('weak-Secret')
  })

  test('a new activity, with text and TTL', async () => {
    const anna = await actors.join()
    const message = `${'too long '.repeat(40)}<end>`
    const page = expectStatus(await anna.submits('/', { message, ttl: '3-hours' }), 422)
    expect(page.text).toContain(`${'too long '.repeat(40)}&lt;end&gt;</textarea>`)
    expect(errorOf(page, 'message')).toContain('Up to 280 characters fit. Please shorten it.')
    const checked = page.text.match(/<input[^>]*name="ttl"[^>]*>/g)?.filter((tag) => tag.includes('checked'))
    expect(checked).toEqual([expect.stringContaining('value="3-hours"')])
  })

  test('a reply', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi')
    const page = expectStatus(
      await anna.submits(`/@${anna.handle}/status/${activity.uuid}`, { message: ' \r\n ' }),
      422,
    )
    expect(errorOf(page, 'message')).toContain('Write a word or two first.')
  })
})

describe('a form over 64 KiB keeps its text', () => {
  const LONG = `${'words and words '.repeat(6_000)}the end`
  /** More than 64 KiB as a form, since each letter takes six bytes there. */
  const CYRILLIC = 'ж'.repeat(20_000)

  test.each([
    ['more than the API accepts', LONG, 413, 'That’s too big to send.'],
    ['less than the API accepts', CYRILLIC, 422, 'characters fit.'],
  ])('with a text of %s', async (_, text, status, reason) => {
    const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
    const activity = await anna.posts('hi')
    const path = `/@${anna.handle}/status/${activity.uuid}`
    await anna.post('/api/messages', { message: 'hi', handle: ben.handle })
    const [group] = (await anna.get('/api/message_groups')).body.data
    const { handle } = await actors.join('cleo')
    const forms: [path: string, fields: Record<string, string>][] = [
      ['/', { message: text, ttl: '1-day' }],
      [path, { message: text }],
      [`${path}/rewrite`, { message: text }],
      [`/messages/${group.uuid}`, { message: text }],
      [`/messages/new/${handle}`, { message: text }],
      ['/settings', { intent: 'profile', display_name: 'Anna', display_name_before: 'Anna', bio: text }],
    ]
    for (const [path, fields] of forms) {
      const page = await anna.submits(path, fields)
      expect(page.status, path).toBe(status)
      expect(page.text.includes(`${text}</textarea>`), path).toBe(true)
      expect(page.text, path).toContain(reason)
    }
  })

  test('even at sign-up, but not the password', async () => {
    const { details } = actors.unregistered()
    const page = expectStatus(await actors.visitor().submits('/signup', { ...details, display_name: LONG }), 413)
    expect(inputValueOf(page, 'display_name')).toBe(LONG)
    expect(inputValueOf(page, 'email')).toBe(details.email)
    expect(page.text).not.toContain(PASSWORD)
  })

  test('up to a mebibyte; beyond that the page explains how to go back', async () => {
    const anna = await actors.join()
    const fill = (bytes: number) => 'x'.repeat(bytes - 'message='.length)
    const page = await anna.submits('/', { message: fill(1_048_576) })
    expect(page.status).toBe(413)
    expect(page.text.includes(`${fill(1_048_576)}</textarea>`)).toBe(true)
    // Headers only: an unread body would close the connection, and with it the next request.
    const more = await sendsHeadersOnly(anna, 'POST', '/', 'application/x-www-form-urlencoded', 1_048_577)
    expect(more.status).toBe(413)
    expect(more.text).toContain('Press Back in your browser to find what you typed.')
  })
})

describe('the text is kept when', () => {
  const TEXT = 'words that took a while to find'

  test('the session was ended meanwhile', async () => {
    const anna = await actors.join()
    const phone = anna.onAnotherDevice()
    await phone.signsIn()
    await anna.delete('/api/session/all')
    const page = expectStatus(await phone.submits('/', { message: TEXT, ttl: '1-hour' }), 401)
    expect(page.text).toContain(`${TEXT}</textarea>`)
    expect(phone.hasSession).toBe(false)
    expect(page.text).not.toContain('<script')
  })

  test('the visitor was signed out', async () => {
    const page = expectStatus(await actors.visitor().submits('/', { message: TEXT, ttl: '1-hour' }), 401)
    expect(page.text).toContain(`${TEXT}</textarea>`)
  })

  test('Cognito is down at sign-up', async () => {
    const { details } = actors.unregistered()
    site.identity.setOutage(true)
    const page = expectStatus(await actors.visitor().submits('/signup', details), 503)
    expect(page.headers.get('retry-after')).toBe('5')
    expect(inputValueOf(page, 'email')).toBe(details.email)
    expect(page.text).not.toContain(PASSWORD)
  })

  test('the database is down', async () => {
    const anna = await actors.join()
    site.database.setOutage(true)
    const page = expectStatus(await anna.submits('/', { message: TEXT, ttl: '1-hour' }), 503)
    expect(page.headers.get('retry-after')).toBe('5')
    expect(page.text).toContain(TEXT)
  })

  test('the parent was deleted', async () => {
    const anna = await actors.join()
    const activity = await anna.posts('hi')
    await anna.deletes(activity)
    const page = expectStatus(await anna.submits(`/@${anna.handle}/status/${activity.uuid}`, { message: TEXT }), 410)
    expect(page.text).toContain(TEXT)
  })
})
