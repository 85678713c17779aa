import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors } = site
const GONE = '01a20dc2-7aaa-7389-b334-d306f5b17a26'

let anna: Actor
let activity: Activity
beforeAll(async () => {
  anna = await actors.join()
  activity = await anna.posts('burning bright')
})
afterEach(() => site.database.setOutage(false))

describe('a path', () => {
  test.each([
    ['that is unknown', () => '/nothing/here', 404],
    ['of an unknown user', () => '/@nobody_has_this', 404],
    ['of a malformed handle', () => '/@an-na', 404],
    ['that is not UTF-8', () => '/%FF', 404],
    ['of an expired activity', () => `/@${anna.handle}/status/${GONE}`, 410],
    ['of a malformed uuid', () => `/@${anna.handle}/status/nothing`, 404],
    ['of an expired activity of an unknown user', () => `/@nobody_has_this/status/${GONE}`, 410],
    ['with a malformed cursor', () => '/?cursor=nonsense', 400],
    ['of a hashed file of another version', () => '/assets/entry-00000000.js', 404],
  ])('%s: %j', async (_, path, status) => {
    for (const reader of [actors.visitor(), anna]) {
      const page = expectStatus(await reader.visits(path()), status)
      expect(page.headers.get('cache-control')).toContain('no-store')
      expect(page.headers.get('cache-control')).not.toContain('max-age')
      if (!path().startsWith('/assets/')) expect(page.text).toContain('<meta name="robots" content="noindex"/>')
    }
  })

  test('of an activity with another handle redirects to its own', async () => {
    const own = `/@${anna.handle}/status/${activity.uuid}`
    const ben = await actors.join('ben')
    const other = expectStatus(await actors.visitor().visits(`/@${ben.handle}/status/${activity.uuid}`), 301)
    expect(other.headers.get('location')).toBe(own)
  })

  test('answers HEAD without a body', async () => {
    const answer = expectStatus(await actors.visitor().send('HEAD', '/'), 200)
    expect(answer.text).toBe('')
    expect(answer.headers.get('content-type')).toContain('text/html')
  })
})

describe('while the database is down', () => {
  test('a page answers 503 with Retry-After, signed out and signed in', async () => {
    site.database.setOutage(true)
    for (const reader of [actors.visitor(), anna]) {
      for (const path of ['/', `/@${anna.handle}`, `/@${anna.handle}/status/${activity.uuid}`]) {
        const page = expectStatus(await reader.visits(path), 503)
        expect(page.headers.get('retry-after'), path).toBe('5')
        expect(page.headers.get('cache-control')).toContain('no-store')
        expect(page.headers.get('content-type')).toContain('text/html')
        expect(page.text).toContain('Try again')
      }
    }
    expect(anna.hasSession).toBe(true)
  })

  test('pages that need no database answer 200', async () => {
    site.database.setOutage(true)
    const paths = ['/signup', '/confirm', '/signin', '/forgot', '/about', '/terms-of-service', '/privacy-policy']
    for (const path of paths) expectStatus(await actors.visitor().visits(path), 200)
  })
})

describe('files of a page', () => {
  test('its styles, icons and scripts exist', async () => {
    const { text } = await anna.visits('/')
    const links = [...text.matchAll(/<(?:link|script)[^>]*?(?:href|src)="(\/[^"]+)"/g)].map(([, path]) => path ?? '')
    expect(links.length).toBeGreaterThan(4)
    const statuses = await Promise.all(
      links.map(async (path) => `${path} ${(await actors.visitor().get(path)).status}`),
    )
    expect(statuses).toEqual(links.map((path) => `${path} 200`))
  })

  test('hashed files are cached for a year; the Worker’s files and source maps are not served', async () => {
    const { text } = await anna.visits('/')
    const script = text.match(/src="(\/assets\/[^"]+)"/)?.[1] ?? ''
    const { headers } = expectStatus(await actors.visitor().get(script), 200)
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    for (const path of ['/.vite/page-scripts.json', `${script}.map`, '/_headers', '/.assetsignore']) {
      expectStatus(await actors.visitor().get(path), 404)
    }
  })

  test('files of another version answer a plain 404 that is not cached', async () => {
    for (const path of ['/assets/app-00000000.js', '/assets/', '/assets/a/b.css']) {
      const { headers, text } = expectStatus(await anna.get(path), 404)
      expect(text).toBe('Not found\n')
      expect(headers.get('content-type')).toMatch(/^text\/plain/)
      expect(headers.get('cache-control')).toMatch(/^(private, )?no-store$/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })
})
