import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows } from '../support/actors/actions.ts'
import { expectStatus } from '../support/assertions/expect-answer.ts'
import { openBrowser } from './support/browser.ts'
import { navLink } from './support/navigation.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)
const anna = await site.actors.join('anna')
const ben = await site.actors.join('ben')

/** Records the requests of a tab from now on, as `GET /path?query`. */
function recordRequests(tab: Tab): string[] {
  const requests: string[] = []
  tab.page.on('request', (request) => {
    const { pathname, search } = new URL(request.url())
    requests.push(`${request.method()} ${pathname}${search}`)
  })
  return requests
}

const chunkRequests = (requests: string[], page: string) =>
  requests.filter((line) => line.startsWith(`GET /assets/${page}-`))
const apiRequests = (requests: string[], path: string) => requests.filter((line) => line.startsWith(`GET /api${path}`))

/** Moves the pointer onto a link, or off all links. */
const hovers = (tab: Tab, href: string | null) =>
  tab.page.evaluate((to) => {
    const target = to ? document.querySelector(`a[href="${to}"]`) : document.body
    target?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))
  }, href)

/** Opens a page, and waits until prefetching works, which starts some time after hydration. */
async function opensWithPrefetch(tab: Tab, path: string, letTimePass = async () => {}): Promise<void> {
  const requests = recordRequests(tab)
  await tab.opens(path)
  const prefetches = async () => {
    await hovers(tab, null)
    await hovers(tab, '/privacy-policy')
    await letTimePass()
    return chunkRequests(requests, 'privacy-policy').length
  }
  await expect.poll(prefetches, { interval: 250 }).toBe(1)
  await hovers(tab, null)
}

test.each([
  ['for a new user', false],
  ['for a user who has arrived', true],
])('home %s hydrates with the scripts alone that the document links', async (_, hasArrived) => {
  const cleo = await site.actors.join('cleo')
  if (hasArrived) {
    expectStatus(await cleo.delete('/api/arrival'), 204)
    await follows(cleo, ben)
  }
  const { text } = await cleo.visits('/')
  const linked = [...text.matchAll(/<script [^>]*?src="([^"]+)"/g)].map(([, path]) => path)
  expect(linked.length).toBeGreaterThan(2)
  expect(linked.some((path) => path?.includes('/Arrival-'))).toBe(!hasArrived)
  const tab = await browser.tab({ as: cleo })
  await tab.page.route('**/assets/*.js', async (route) => {
    // No other script is ever answered.
    if (linked.includes(new URL(route.request().url()).pathname)) await route.continue()
  })
  await tab.visits('/')
  await tab.waitsForHydration()
})

test.each([
  ['the mouse hovers', (link: Locator) => link.hover()],
  ['the keyboard focuses', (link: Locator) => link.focus()],
])('a page whose link %s is loaded before the link is followed', async (_, pointsAt) => {
  const crud = await ben.posts(`Resting, ${ben.handle}`)
  const tab = await browser.tab({ as: anna })
  await opensWithPrefetch(tab, '/?feed=everyone')
  const requests = recordRequests(tab)
  const link = tab.crud('Resting').first().getByRole('link', { name: ben.handle })
  await pointsAt(link)
  await expect.poll(() => chunkRequests(requests, 'profile').length).toBe(1)
  await expect.poll(() => apiRequests(requests, `/users/@${ben.handle}`).length).toBe(2)
  expect(requests.filter((line) => !line.startsWith('GET '))).toEqual([])
  const before = apiRequests(requests, `/users/@${ben.handle}`).length

  // Otherwise a link of the next page may come to lie under the pointer, and is prefetched as well.
  await tab.page.mouse.move(0, 0)
  await link.press('Enter')
  await tab.sees(tab.heading('Ben'))
  expect(apiRequests(requests, `/users/@${ben.handle}`)).toHaveLength(before)
  await ben.deletes(crud)
})

test('passing over links prefetches nothing, and hovering a page with an action runs nothing', async () => {
  const tab = await browser.tab({ as: anna })
  await opensWithPrefetch(tab, '/')
  const requests = recordRequests(tab)
  await tab.page.evaluate(() => {
    for (const link of document.querySelectorAll('a[href^="/"]')) {
      link.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))
    }
    document.body.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))
  })
  await navLink(tab, 'Sign out').hover()
  const loadedChunks = () => requests.flatMap((line) => /^GET \/assets\/(.+)-.{8}\.js$/.exec(line)?.[1] ?? [])
  // The chunks of the sign-out page alone; those of links that were passed over would have been requested before.
  await expect.poll(() => loadedChunks().sort()).toEqual(['KeepDrafts', 'sign-out'])
  expect(apiRequests(requests, '/users/@')).toEqual([])
  expect(requests.filter((line) => !line.startsWith('GET '))).toEqual([])
})

test('prefetches nothing under Save-Data', async () => {
  const tab = await browser.tab({ as: anna })
  await tab.page.addInitScript(() => {
    const sparing = { saveData: false }
    Object.defineProperty(Navigator.prototype, 'connection', { get: () => sparing })
  })
  await tab.page.clock.install()
  await opensWithPrefetch(tab, '/', () => tab.page.clock.runFor(100))
  const saves = (saveData: boolean) =>
    tab.page.evaluate(
      (saveData) => Object.assign((navigator as { connection?: object }).connection ?? {}, { saveData }),
      saveData,
    )
  await saves(true)
  const requests = recordRequests(tab)
  const pages = () => ['search', 'about'].filter((page) => chunkRequests(requests, page).length > 0)
  await navLink(tab, 'Search').hover()
  await tab.page.clock.runFor(1_000)
  expect(pages()).toEqual([])
  // Otherwise it does.
  await saves(false)
  await hovers(tab, '/about')
  await tab.page.clock.runFor(1_000)
  await expect.poll(pages).toEqual(['about'])
})

test('prefetches at most 20 pages a minute, and none twice in a row', async () => {
  const tab = await browser.tab({ as: anna })
  await tab.page.clock.install()
  const letTimePass = () => tab.page.clock.runFor(100)
  await opensWithPrefetch(tab, '/', letTimePass)
  const requests = recordRequests(tab)
  const hoversTag = async (tag: string) => {
    await tab.page.evaluate((href) => {
      const link = Object.assign(document.createElement('a'), { href, textContent: href })
      document.querySelector('main')?.append(link)
    }, `/tags/${tag}`)
    await hovers(tab, `/tags/${tag}`)
    await letTimePass()
    await hovers(tab, null)
  }
  await hoversTag('again')
  await expect.poll(() => apiRequests(requests, '/tags/again')).toHaveLength(1)
  await hoversTag('again')
  for (let n = 1; n < 25; n += 1) await hoversTag(`t${n}`)
  await expect.poll(() => apiRequests(requests, '/tags/t19')).toHaveLength(1)
  const tags = requests.filter((line) => /^GET \/api\/tags\/(again|t\d)/.test(line))
  expect(tags).toHaveLength(20)

  await tab.page.clock.runFor(61_000)
  await hoversTag('later')
  await expect.poll(() => apiRequests(requests, '/tags/later')).toHaveLength(1)
})

test('a slow navigation shows a progress bar after 300 ms, not before', async () => {
  const tab = await browser.tab({ as: anna })
  await opensWithPrefetch(tab, '/')
  const released = Promise.withResolvers<void>()
  await tab.page.route('**/api/message_groups?*', async (route) => {
    await released.promise
    await route.continue()
  })
  await tab.page.route('**/api/message_groups', async (route) => {
    await released.promise
    await route.continue()
  })
  const firstStyle = tab.page.evaluate(
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
  expect(await firstStyle).toEqual(['hidden', '0.3s'])
  const bar = tab.page.getByRole('progressbar', { name: 'Loading' })
  await tab.sees(bar)
  released.resolve()
  await tab.sees(tab.heading('Messages'))
  await tab.doesNotSee(bar)
})
