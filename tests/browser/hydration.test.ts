import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { openTamperingProxy } from '../support/faults/tampering-proxy.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { launchChromium } from './support/chromium.ts'
import { PageErrors } from './support/page-errors.ts'
import { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** Posts activities of all lengths and TTLs, a thread, one that expires soon and an expired one. */
async function postsExamples(anna: Actor) {
  const crud = await anna.posts('Rain stopped.\n\n\n\nhttps://example.com/a?b=c #rain @nobody', '30-days')
  await anna.posts('short', '1-hour')
  await anna.posts('👩‍👩‍👧‍👦 '.repeat(20).trim(), '12-hours')
  await anna.posts('שלום <b>no markup</b> & "quotes" '.repeat(7).trim(), '3-days')
  const expiringSoon = await anna.posts('nearly out', '1-day')
  await site.db.sql(
    `update activities set created_at = now() - interval '1 hour', expires_at = now() + interval '50 seconds'
     where uuid = $1`,
    [expiringSoon.uuid],
  )
  const reply = await anna.replies(crud, 'And again, it rains.')
  await anna.replies(reply, 'And stopped.', '1-hour')
  const expired = await anna.posts('gone')
  await site.db.sql('update activities set expires_at = now() where uuid = $1', [expired.uuid])
  const pathOf = (uuid: string) => `/@${anna.handle}/status/${uuid}`
  return { crud: pathOf(crud.uuid), reply: pathOf(reply.uuid), expired: pathOf(expired.uuid) }
}

test.for([
  ['a phone', { viewport: PHONE, locale: 'en-GB', timezoneId: 'Pacific/Auckland' }],
  ['a desktop', { viewport: DESKTOP, locale: 'ar-EG', timezoneId: 'America/St_Johns' }],
] as const)('on %s: every page hydrates without a mismatch', async ([, options]) => {
  const anna = await site.actors.join('anna')
  const { crud, reply, expired } = await postsExamples(anna)
  const tab = await browser.tab({ as: anna, ...options })
  const profile = `/@${anna.handle}`
  const pages = ['/', '/?feed=everyone', profile, `${profile}?tab=replies`, crud, reply, `${crud}/put-out`]
  for (const path of [...pages, '/signout', '/about', '/terms-of-service', '/privacy-policy']) {
    await tab.opens(path)
    expect(tab.path).toBe(path)
  }
  await tab.opens('/nothing/here', 404)
  await tab.opens('/@nobody_at_all', 404)
  await tab.opens(expired, 410)
  // Signed-in users are redirected from these.
  for (const path of ['/welcome', '/signin']) {
    await tab.opens(path)
    expect(tab.path).toBe('/')
  }
})

test('a page whose state arrives late hydrates after it, although its script is loaded already', async () => {
  const anna = await site.actors.join('anna')
  await anna.posts('late')
  const proxy = await openTamperingProxy(site.origin)
  try {
    const tab = await browser.tab({ as: anna })
    // From here on scripts come from the browser's cache.
    await tab.opens(`${proxy.origin}/about`)
    await tab.opens(`${proxy.origin}/`)
    const released = Promise.withResolvers<void>()
    proxy.tamper = (transit) =>
      transit.path === '/'
        ? { ...transit, hold: { at: transit.body.indexOf('id="state"') + 200, until: released.promise } }
        : transit
    await tab.page.goto(`${proxy.origin}/`, { waitUntil: 'commit' })
    await tab.sees(tab.crud('late'))
    // Once the page is idle, all script that could run has run.
    await tab.page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
    released.resolve()
    await tab.waitsForHydration()
  } finally {
    await proxy.close()
  }
})

test('errors in the browser fail a test', async () => {
  const anna = await site.actors.join('anna')
  const chromium = await launchChromium()
  try {
    // A service worker would load the page that is replaced below.
    const context = await chromium.newContext({ baseURL: site.origin, serviceWorkers: 'block' })
    const url = site.origin.replace('http:', 'https:')
    await context.addCookies([...anna.cookies].map(([name, value]) => ({ name, value, url, secure: true })))
    const page = await context.newPage()
    const errors = new PageErrors(page)
    await page.goto('/about')
    const tab = new Tab(page, errors)
    await tab.waitsForHydration()
    expect(errors.unexpected()).toEqual([])

    // The document differs from what React renders.
    await page.route('/privacy-policy', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.text()).replace('</h1>', ' (changed)</h1>') })
    })
    await page.goto('/privacy-policy')
    await tab.waitsForHydration()
    await expect.poll(() => errors.unexpected().join()).toContain('#418')

    await page.evaluate(() => {
      const image = document.createElement('img')
      image.src = 'https://elsewhere.example/x.png'
      document.body.append(image)
      setTimeout(() => {
        throw new Error('thrown')
      })
      void fetch('/api/nothing')
      console.error('logged')
    })
    await expect.poll(() => errors.unexpected().join()).toContain('violates the following Content Security Policy')
    await expect.poll(() => errors.unexpected().join()).toContain('thrown')
    await expect.poll(() => errors.unexpected().join()).toContain('/api/nothing: 404')
    await expect.poll(() => errors.unexpected().join()).toContain('logged')

    errors.expects(418)
    expect(errors.unexpected().at(-1)).toBe('418 was expected and did not come')
  } finally {
    await chromium.close()
  }
})
