import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { openBrowser } from './support/browser.ts'
import { navLink } from './support/navigation.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)
const anna = await site.actors.join('anna')
const ben = await site.actors.join('ben')

/** What the tab asks for from now on, documents and polls included: `GET /path?query`. */
function requestsOf(tab: Tab): string[] {
  const asked: string[] = []
  tab.page.on('request', (request) => {
    const { pathname, search } = new URL(request.url())
    asked.push(`${request.method()} ${pathname}${search}`)
  })
  return asked
}

const modulesIn = (asked: string[], page: string) => asked.filter((line) => line.startsWith(`GET /assets/${page}-`))
const readsIn = (asked: string[], path: string) => asked.filter((line) => line.startsWith(`GET /api${path}`))

/** Rests the mouse on a link of the page, or on nothing. */
const restsOn = (tab: Tab, href: string | null) =>
  tab.page.evaluate((to) => {
    const target = to ? document.querySelector(`a[href="${to}"]`) : document.body
    target?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))
  }, href)

/** Opens a page, and waits until it reads ahead: it begins some time after hydration. */
async function opensReady(tab: Tab, path: string, passes = async () => {}): Promise<void> {
  const asked = requestsOf(tab)
  await tab.opens(path)
  const tries = async () => {
    await restsOn(tab, null)
    await restsOn(tab, '/privacy-policy')
    await passes()
    return modulesIn(asked, 'privacy-policy').length
  }
  await expect.poll(tries, { interval: 250 }).toBe(1)
  await restsOn(tab, null)
}

test('what the document links to is all that it takes to hydrate home', async () => {
  const { text } = await anna.visits('/')
  const linked = [...text.matchAll(/(?:modulepreload" href|script [^>]*?src)="([^"]+)"/g)].map(([, path]) => path)
  expect(linked.length).toBeGreaterThan(2)
  const tab = await browser.tab({ as: anna })
  await tab.page.route('**/assets/*.js', async (route) => {
    // Nothing else ever comes.
    if (linked.includes(new URL(route.request().url()).pathname)) await route.continue()
  })
  await tab.visits('/')
  await tab.waitsForHydration()
})

test.each([
  ['a mouse rests on', (link: Locator) => link.hover()],
  ['the keyboard stands on', (link: Locator) => link.focus()],
])('a page whose link %s is there when it is followed', async (_, rests) => {
  const crud = await ben.posts(`Resting, ${ben.handle}`)
  const tab = await browser.tab({ as: anna })
  await opensReady(tab, '/?feed=everyone')
  const asked = requestsOf(tab)
  const link = tab.crud('Resting').first().getByRole('link', { name: ben.handle })
  await rests(link)
  await expect.poll(() => modulesIn(asked, 'profile').length).toBe(1)
  await expect.poll(() => readsIn(asked, `/users/@${ben.handle}`).length).toBe(2)
  expect(asked.filter((line) => !line.startsWith('GET '))).toEqual([])
  const before = readsIn(asked, `/users/@${ben.handle}`).length

  await link.press('Enter')
  await tab.sees(tab.heading('Ben'))
  expect(readsIn(asked, `/users/@${ben.handle}`)).toHaveLength(before)
  await ben.deletes(crud)
})

test('who passes over links asks for nothing, and neither does a page that does something', async () => {
  const tab = await browser.tab({ as: anna })
  await opensReady(tab, '/')
  const asked = requestsOf(tab)
  await tab.page.evaluate(() => {
    for (const link of document.querySelectorAll('a[href^="/"]')) {
      link.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))
    }
    document.body.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))
  })
  await navLink(tab, 'Sign out').hover()
  const modules = () => asked.flatMap((line) => /^GET \/assets\/(.+)-.{8}\.js$/.exec(line)?.[1] ?? [])
  // The page, and what it shares with others that home does not need. All that was passed over would have come before.
  await expect.poll(() => modules().sort()).toEqual(['KeepDrafts', 'sign-out'])
  expect(readsIn(asked, '/users/@')).toEqual([])
  expect(asked.filter((line) => !line.startsWith('GET '))).toEqual([])
})

test('who asked for little data gets nothing ahead', async () => {
  const tab = await browser.tab({ as: anna })
  await tab.page.addInitScript(() => {
    const sparing = { saveData: false }
    Object.defineProperty(Navigator.prototype, 'connection', { get: () => sparing })
  })
  await tab.page.clock.install()
  await opensReady(tab, '/', () => tab.page.clock.runFor(100))
  await tab.page.evaluate(() =>
    Object.assign((navigator as { connection?: object }).connection ?? {}, { saveData: true }),
  )
  const asked = requestsOf(tab)
  await navLink(tab, 'Search').hover()
  await tab.page.clock.runFor(1_000)
  expect(modulesIn(asked, 'search')).toEqual([])
})

test('so much is read ahead in a minute, and not the same again at once', async () => {
  const tab = await browser.tab({ as: anna })
  await tab.page.clock.install()
  const passes = () => tab.page.clock.runFor(100)
  await opensReady(tab, '/', passes)
  const asked = requestsOf(tab)
  const considers = async (tag: string) => {
    await tab.page.evaluate((href) => {
      const link = Object.assign(document.createElement('a'), { href, textContent: href })
      document.querySelector('main')?.append(link)
    }, `/tags/${tag}`)
    await restsOn(tab, `/tags/${tag}`)
    await passes()
    await restsOn(tab, null)
  }
  await considers('again')
  await expect.poll(() => readsIn(asked, '/tags/again')).toHaveLength(1)
  await considers('again')
  for (let n = 1; n < 25; n += 1) await considers(`t${n}`)
  await expect.poll(() => readsIn(asked, '/tags/t19')).toHaveLength(1)
  const tags = asked.filter((line) => /^GET \/api\/tags\/(again|t\d)/.test(line))
  expect(tags).toHaveLength(20)

  await tab.page.clock.runFor(61_000)
  await considers('later')
  await expect.poll(() => readsIn(asked, '/tags/later')).toHaveLength(1)
})

test('a step shows that it takes long after 300 ms, and not before', async () => {
  const tab = await browser.tab({ as: anna })
  await opensReady(tab, '/')
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  await tab.page.route('**/api/message_groups?*', async (route) => {
    await held
    await route.continue()
  })
  await tab.page.route('**/api/message_groups', async (route) => {
    await held
    await route.continue()
  })
  const first = tab.page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        new MutationObserver((_, observer) => {
          const bar = document.querySelector('[role="progressbar"]')
          if (!bar) return
          observer.disconnect()
          const { visibility, animationDelay } = getComputedStyle(bar)
          resolve([visibility, animationDelay])
        }).observe(document.body, { childList: true, subtree: true })
      }),
  )
  await navLink(tab, 'Messages').click()
  expect(await first).toEqual(['hidden', '0.3s'])
  const bar = tab.page.getByRole('progressbar', { name: 'Loading' })
  await tab.sees(bar)
  answer()
  await tab.sees(tab.heading('Messages'))
  await tab.doesNotSee(bar)
})
