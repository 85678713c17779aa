import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors } = site

let anna: Actor
let activity: Activity
beforeAll(async () => {
  anna = await actors.join()
  activity = await anna.posts('burning bright')
})

/** A uuid from after the launch that was never used. */
const GONE = '019ab2c4-0000-7000-8000-000000000001'

const PUBLIC = ['/', '/signup', '/confirm', '/signin', '/forgot', '/about', '/terms-of-service', '/privacy-policy']

describe('signed out', () => {
  const pages = () => [
    ...PUBLIC,
    `/@${anna.handle}`,
    `/@${anna.handle}?tab=replies`,
    `/@${anna.handle}/status/${activity.uuid}`,
  ]

  test('every page is complete and has no script', async () => {
    for (const path of pages()) {
      const page = expectStatus(await actors.visitor().visits(path), 200)
      expect(page.headers.get('content-type'), path).toBe('text/html; charset=utf-8')
      expect(page.text).toMatch(/^<!DOCTYPE html>/i)
      expect(page.text.trimEnd()).toMatch(/<\/html>$/)
      expect(page.text.match(/<h1/g), path).toHaveLength(1)
      expect(page.text, path).toMatch(/<title>[^<]+<\/title>/)
      expect(page.text, path).not.toContain('<script')
      expect(page.text, path).not.toMatch(/\son\w+="/)
    }
  })

  test('is not stored by browsers, and its CSP blocks scripts', async () => {
    for (const path of pages()) {
      const { headers } = expectStatus(await actors.visitor().visits(path), 200)
      expect(headers.get('cache-control'), path).toBe('no-store')
      expect(headers.get('etag')).toBeNull()
      expect(headers.get('vary')).toContain('Cookie')
      const policy = headers.get('content-security-policy')?.split('; ') ?? []
      expect(policy).toContain("script-src 'none'")
      expect(policy).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "connect-src 'self'",
          "form-action 'self'",
          "base-uri 'none'",
          "frame-ancestors 'none'",
        ]),
      )
      expect(headers.getSetCookie()).toEqual([])
    }
  })

  test('every page and error page inlines its CSS and blocks on no other file', async () => {
    for (const path of [...pages(), '/no-such-page', `/@${anna.handle}/status/${GONE}`, '/@nobody_at_all']) {
      const { text, headers } = await actors.visitor().visits(path)
      const [, css = ''] = /<style>(.+?)<\/style>/s.exec(text) ?? []
      expect(css.length, path).toBeGreaterThan(10_000)
      const hash = createHash('sha256').update(css).digest('base64')
      const policy = headers.get('content-security-policy')?.split('; ')
      expect(policy, path).toContain(`style-src 'self' 'sha256-${hash}'`)
      expect(text, path).not.toMatch(/<link rel="(?:stylesheet|preload|modulepreload)"|<script/)
    }
  })

  test('home shows live activities and links to sign-up', async () => {
    const { text } = await actors.visitor().visits('/')
    expect(text).toContain('burning bright')
    expect(text).toContain('href="/signup"')
  })

  test('the page of an activity shows it', async () => {
    const { text } = await actors.visitor().visits(`/@${anna.handle}/status/${activity.uuid}`)
    expect(text).toContain('burning bright')
    expect(text).toContain(`@${anna.handle}`)
  })

  test.each(['/welcome', '/@x/status/y/put-out?a=b&c=%26'])(
    '%s redirects to sign-in with the way back',
    async (path) => {
      const answer = expectStatus(await actors.visitor().visits(path), 302)
      const location = new URL(answer.headers.get('location') ?? '', site.origin)
      expect(location.origin).toBe(site.origin)
      expect(location.pathname).toBe('/signin')
      expect(location.searchParams.get('next')).toBe(path)
    },
  )
})

describe('signed in', () => {
  test('a page links to its style sheet, which browsers cache for a year', async () => {
    const page = expectStatus(await anna.visits('/'), 200)
    expect(page.text).not.toContain('<style')
    expect(page.headers.get('content-security-policy')?.split('; ')).toContain("style-src 'self'")
    const [, sheet = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(page.text) ?? []
    const answer = expectStatus(await actors.visitor().get(sheet), 200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/css/)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  test('the service worker is asked for anew each time, and may reach our own site alone', async () => {
    const worker = expectStatus(await actors.visitor().get('/sw.js'), 200)
    expect(worker.headers.get('content-type')).toMatch(/^text\/javascript/)
    expect(worker.headers.get('cache-control')).toBe('no-cache')
    expect(worker.headers.get('content-security-policy')).toBe("default-src 'none'; connect-src 'self'; img-src 'self'")
    const policyOf = async (who: Client) => (await who.visits('/')).headers.get('content-security-policy')
    expect(await policyOf(anna)).toContain("worker-src 'self'")
    expect(await policyOf(actors.visitor())).not.toContain('worker-src')
  })

  test('a page has scripts with its nonce', async () => {
    for (const path of [
      '/',
      '/?feed=everyone',
      `/@${anna.handle}`,
      `/@${anna.handle}/status/${activity.uuid}`,
      '/about',
    ]) {
      const page = expectStatus(await anna.visits(path), 200)
      const nonce = page.headers.get('content-security-policy')?.match(/'nonce-([^']+)'/)?.[1] ?? ''
      expect(nonce.length, path).toBeGreaterThanOrEqual(22)
      const scripts = page.text.match(/<script[^>]*>/g) ?? []
      expect(scripts.filter((tag) => tag.includes('type="module"')).length, path).toBeGreaterThan(1)
      for (const tag of scripts.filter((one) => !one.includes('application/json')))
        expect(tag).toContain(`nonce="${nonce}"`)
      expect(page.headers.get('cache-control')).toBe('private, no-store')
    }
  })

  test('a page contains its sidebar', async () => {
    await (await actors.join('ben')).posts('somebody to follow')
    for (const path of ['/', '/settings', '/messages', '/notifications', '/search', `/@${anna.handle}/following`]) {
      const { text } = expectStatus(await anna.visits(path), 200)
      expect(text, path).toContain('<h2 id="last-light">Last light</h2>')
      expect(text, path).toContain('People to follow')
    }
  })

  test('a phone gets no sidebar signed in, and the common page signed out', async () => {
    const phone = { 'sec-ch-ua-mobile': '?1' }
    for (const path of ['/', `/@${anna.handle}`, `/@${anna.handle}/status/${activity.uuid}`]) {
      const { text } = expectStatus(await anna.visits(path, phone), 200)
      expect(text, path).not.toContain('<h2 id="last-light">')
      expect(text, path).not.toContain('People to follow')
      expect(expectStatus(await anna.visits(path, { 'sec-ch-ua-mobile': '?0' }), 200).text).toContain('id="last-light"')
    }
    const { text } = await actors.visitor().visits('/', phone)
    expect(text).toContain('<h2 id="last-light">Last light</h2>')
  })

  test('each page has a new nonce', async () => {
    const policies = await Promise.all(
      Array.from({ length: 5 }, async () => (await anna.visits('/')).headers.get('content-security-policy')),
    )
    expect(new Set(policies).size).toBe(5)
  })

  test('home has the composer with a default TTL of 7 days', async () => {
    const { text } = await anna.visits('/')
    expect(text).toMatch(/<textarea[^>]*name="message"/)
    expect(text.match(/<input[^>]*name="ttl"[^>]*>/g)?.filter((tag) => tag.includes('checked'))).toEqual([
      expect.stringContaining('value="7-days"'),
    ])
  })

  test('/signin redirects to the path in next', async () => {
    const answer = expectStatus(await anna.visits('/signin?next=%2Fabout'), 302)
    expect(answer.headers.get('location')).toBe('/about')
  })

  test('/welcome redirects users with a handle', async () => {
    expect(expectStatus(await anna.visits('/welcome'), 302).headers.get('location')).toBe('/')
  })

  test('the page to delete an activity is for its author only', async () => {
    const path = `/@${anna.handle}/status/${activity.uuid}/put-out`
    expectStatus(await anna.visits(path), 200)
    const ben = await actors.join('ben')
    const forbidden = expectStatus(await ben.visits(path), 403)
    expect(forbidden.headers.get('content-type')).toContain('text/html')
  })

  test('an ended session gets the signed-out page and loses its cookies', async () => {
    for (const path of [
      '/',
      '/?feed=everyone',
      '/about',
      `/@${anna.handle}`,
      `/@${anna.handle}/status/${activity.uuid}`,
    ]) {
      const ben = await actors.join('ben')
      await ben.onAnotherDevice().signsIn()
      const phone = ben.onAnotherDevice()
      await phone.signsIn()
      await ben.delete('/api/session/all')
      const page = expectStatus(await phone.visits(path), 200)
      expect(page.text, path).not.toContain('<script')
      expect(page.text, path).not.toContain(`@${ben.handle}`)
      expect(phone.hasSession, path).toBe(false)
    }
  })

  test.each(['x', 'a.b.c', '', '%', '"'])('the cookie %j gets the signed-out page', async (value) => {
    const visitor = actors.visitor()
    const headers = { cookie: `__Host-access=${value}; __Host-refresh=${value}` }
    for (const path of ['/', '/about', `/@${anna.handle}`]) {
      const page = expectStatus(await visitor.visits(path, headers), 200)
      expect(page.text).not.toContain('<script')
    }
  })
})
