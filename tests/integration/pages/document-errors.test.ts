import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors } = site
const GONE = '01a20dc2-7aaa-7389-b334-d306f5b17a26'

let anna: Actor
let crud: Activity
beforeAll(async () => {
  anna = await actors.join()
  crud = await anna.posts('burning bright')
})
afterEach(() => site.database.setOutage(false))

describe('an address', () => {
  test.each([
    ['that there is not', () => '/nothing/here', 404],
    ['of nobody', () => '/@nobody_has_this', 404],
    ['of no handle', () => '/@an-na', 404],
    ['that is no UTF-8', () => '/%FF', 404],
    ['of what could have been a crud', () => `/@${anna.handle}/status/${GONE}`, 410],
    ['of what could not', () => `/@${anna.handle}/status/nothing`, 404],
    ['of what was gone, of nobody', () => `/@nobody_has_this/status/${GONE}`, 410],
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

  test('in capitals, or under another person, leads to the crud’s own', async () => {
    const own = `/@${anna.handle}/status/${crud.uuid}`
    const ben = await actors.join('ben')
    const other = expectStatus(await actors.visitor().visits(`/@${ben.handle}/status/${crud.uuid}`), 301)
    expect(other.headers.get('location')).toBe(own)
  })

  test('that a visitor asks the HEAD of is there, without a body', async () => {
    const answer = expectStatus(await actors.visitor().send('HEAD', '/'), 200)
    expect(answer.text).toBe('')
    expect(answer.headers.get('content-type')).toContain('text/html')
  })
})

describe('while the database is down', () => {
  test('a page is 503 and says when to try again, signed out and signed in', async () => {
    site.database.setOutage(true)
    for (const reader of [actors.visitor(), anna]) {
      for (const path of ['/', `/@${anna.handle}`, `/@${anna.handle}/status/${crud.uuid}`]) {
        const page = expectStatus(await reader.visits(path), 503)
        expect(page.headers.get('retry-after'), path).toBe('5')
        expect(page.headers.get('cache-control')).toContain('no-store')
        expect(page.headers.get('content-type')).toContain('text/html')
        expect(page.text).toContain('Try again')
      }
    }
    expect(anna.hasSession).toBe(true)
  })

  test('pages that need no database are there', async () => {
    site.database.setOutage(true)
    const paths = ['/signup', '/confirm', '/signin', '/forgot', '/about', '/terms-of-service', '/privacy-policy']
    for (const path of paths) expectStatus(await actors.visitor().visits(path), 200)
  })
})

describe('every file that a page names is there', () => {
  test('styles, icons, scripts and what they load first', async () => {
    const { text } = await anna.visits('/')
    const links = [...text.matchAll(/<(?:link|script)[^>]*?(?:href|src)="(\/[^"]+)"/g)].map(([, path]) => path ?? '')
    expect(links.length).toBeGreaterThan(4)
    const statuses = await Promise.all(
      links.map(async (path) => `${path} ${(await actors.visitor().get(path)).status}`),
    )
    expect(statuses).toEqual(links.map((path) => `${path} 200`))
  })

  test('hashed ones for a year; neither the manifest nor a source map is served', async () => {
    const { text } = await anna.visits('/')
    const script = text.match(/src="(\/assets\/[^"]+)"/)?.[1] ?? ''
    const { headers } = expectStatus(await actors.visitor().get(script), 200)
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    for (const path of ['/.vite/manifest.json', `${script}.map`, '/_headers', '/.assetsignore']) {
      expectStatus(await actors.visitor().get(path), 404)
    }
  })

  test('one of another version is a plain 404 that nobody keeps', async () => {
    for (const path of ['/assets/app-00000000.js', '/assets/', '/assets/a/b.css']) {
      const { headers, text } = expectStatus(await anna.get(path), 404)
      expect(text).toBe('Not found\n')
      expect(headers.get('content-type')).toMatch(/^text\/plain/)
      expect(headers.get('cache-control')).toMatch(/^(private, )?no-store$/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })
})
