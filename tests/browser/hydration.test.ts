import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { openTamperingProxy } from '../support/faults/tampering-proxy.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { launchChromium } from './support/chromium.ts'
import { PageErrors } from './support/page-errors.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** Cruds of every kind: all lengths and lifetimes, a thread, one that is nearly out, one that is gone. */
async function lightsSome(anna: Actor) {
  const crud = await anna.posts('Rain stopped.\n\n\n\nhttps://example.com/a?b=c #rain @nobody', '30-days')
  await anna.posts('short', '1-hour')
  await anna.posts('👩‍👩‍👧‍👦 '.repeat(20).trim(), '12-hours')
  await anna.posts('שלום <b>no markup</b> & "quotes" '.repeat(7).trim(), '3-days')
  const last = await anna.posts('nearly out', '1-day')
  await site.db.sql(
    `update activities set created_at = now() - interval '1 hour', expires_at = now() + interval '50 seconds'
     where uuid = $1`,
    [last.uuid],
  )
  const reply = await anna.replies(crud, 'And again, it rains.')
  await anna.replies(reply, 'And stopped.', '1-hour')
  const gone = await anna.posts('gone')
  await site.db.sql('update activities set expires_at = now() where uuid = $1', [gone.uuid])
  const at = (uuid: string) => `/@${anna.handle}/status/${uuid}`
  return { crud: at(crud.uuid), reply: at(reply.uuid), gone: at(gone.uuid) }
}

test.for([
  ['a phone', { viewport: PHONE, locale: 'en-GB', timezoneId: 'Pacific/Auckland' }],
  ['a desktop', { viewport: DESKTOP, locale: 'ar-EG', timezoneId: 'America/St_Johns' }],
] as const)('on %s: every page hydrates as it was rendered', async ([, options]) => {
  const anna = await site.actors.join('anna')
  const { crud, reply, gone } = await lightsSome(anna)
  const tab = await browser.tab({ as: anna, ...options })
  const profile = `/@${anna.handle}`
  const pages = ['/', '/?feed=everyone', profile, `${profile}?tab=replies`, crud, reply, `${crud}/put-out`]
  for (const path of [...pages, '/signout', '/about', '/terms-of-service', '/privacy-policy']) {
    await tab.opens(path)
    expect(tab.path).toBe(path)
  }
  await tab.opens('/nothing/here', 404)
  await tab.opens('/@nobody_at_all', 404)
  await tab.opens(gone, 410)
  // Whoever has a handle has no business at the doors.
  for (const door of ['/welcome', '/signin']) {
    await tab.opens(door)
    expect(tab.path).toBe('/')
  }
})

test('a page whose end is late to come waits for it, although its script is there already', async () => {
  const anna = await site.actors.join('anna')
  await anna.posts('late')
  const meddler = await openTamperingProxy(site.origin)
  try {
    const tab = await browser.tab({ as: anna })
    // From here on its script comes out of the browser's own cache.
    await tab.opens(`${meddler.origin}/about`)
    await tab.opens(`${meddler.origin}/`)
    let release = () => {}
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    meddler.tamper = (passing) =>
      passing.path === '/' ? { ...passing, hold: { at: passing.body.indexOf('id="state"') + 200, until } } : passing
    const coming = tab.visits(`${meddler.origin}/`)
    await tab.sees(tab.crud('late'))
    await tab.page.waitForFunction(() => {
      const loaded = new Set(performance.getEntriesByType('resource').map(({ name }) => name))
      const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]')]
      return links.length > 0 && links.every(({ href }) => loaded.has(href))
    })
    // What could run by now has run, once the page has nothing left to do.
    await tab.page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
    release()
    await coming
    await tab.waitsForHydration()
  } finally {
    await meddler.close()
  }
})

test('a test fails for whatever goes wrong in the browser', async () => {
  const anna = await site.actors.join('anna')
  const chromium = await launchChromium()
  try {
    const context = await chromium.newContext({ baseURL: site.origin })
    const url = site.origin.replace('http:', 'https:')
    await context.addCookies([...anna.cookies].map(([name, value]) => ({ name, value, url, secure: true })))
    const page = await context.newPage()
    const watch = new PageErrors(page)
    await page.goto('/about')
    await page.getByRole('heading', { name: 'About' }).waitFor()
    expect(watch.unexpected()).toEqual([])

    // What the edge rendered is not what React renders.
    await page.route('/privacy-policy', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.text()).replace('</h1>', ' (changed)</h1>') })
    })
    await page.goto('/privacy-policy')
    await expect.poll(() => watch.unexpected().join()).toContain('#418')

    await page.evaluate(() => {
      const image = document.createElement('img')
      image.src = 'https://elsewhere.example/x.png'
      document.body.append(image)
      setTimeout(() => {
        throw new Error('thrown')
      })
      void fetch('/api/nothing')
      console.error('said')
    })
    await expect.poll(() => watch.unexpected().join()).toContain('violates the following Content Security Policy')
    await expect.poll(() => watch.unexpected().join()).toContain('thrown')
    await expect.poll(() => watch.unexpected().join()).toContain('/api/nothing: 404')
    await expect.poll(() => watch.unexpected().join()).toContain('said')

    watch.expects(418)
    expect(watch.unexpected().at(-1)).toBe('418 was expected, and did not come')
  } finally {
    await chromium.close()
  }
})
