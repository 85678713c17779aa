import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { expireActivities, postsMany, users } from '../support/actors/many-users.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** Tolerance of a restored position, in px. */
const TOLERANCE = 8

/** Makes Anna, who follows a user with `count` activities of several heights; returns their uuids, newest first. */
async function makeFollower(count: number): Promise<{ anna: Actor; uuids: string[] }> {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  const texts = Array.from({ length: count }, (_, i) => `Number ${i + 1}. ${'and so on '.repeat(((i + 1) % 7) * 3)}`)
  return { anna, uuids: await postsMany(site, ben, texts, 60) }
}

/** Distance of an activity from the top of the viewport, in px. */
const topOf = (tab: Tab, uuid: string) =>
  tab.page.evaluate((id) => Math.round(document.getElementById(id)?.getBoundingClientRect().top ?? Number.NaN), uuid)

const scrollTop = (tab: Tab) => tab.page.evaluate(() => window.scrollY)

/** Scrolls down until an activity is near the top of the viewport; returns its distance, in px. */
async function scrollsTo(tab: Tab, uuid: string): Promise<number> {
  const crud = tab.page.locator(`[id="${uuid}"]`)
  const last = tab.main.getByRole('article').last()
  while ((await crud.count()) === 0) await last.scrollIntoViewIfNeeded()
  await crud.evaluate((element) => {
    element.scrollIntoView()
    window.scrollBy(0, -60)
  })
  // Elements near the viewport take their real height when they are rendered, within two frames.
  await tab.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  return topOf(tab, uuid)
}

/** Records the position of a visible activity in each frame; returns a function that reads by how much it moved. */
async function recordMovement(tab: Tab, uuid: string): Promise<() => Promise<number>> {
  await tab.page.addInitScript((id) => {
    const tops: number[] = []
    Object.assign(window, { tops })
    const record = () => {
      const crud = document.getElementById(id)
      if (crud?.checkVisibility({ visibilityProperty: true })) tops.push(crud.getBoundingClientRect().top)
      requestAnimationFrame(record)
    }
    requestAnimationFrame(record)
  }, uuid)
  return () =>
    tab.page.evaluate(() => {
      const { tops } = window as unknown as { tops: number[] }
      return tops.length === 0 ? Number.NaN : Math.max(...tops) - Math.min(...tops)
    })
}

/** Waits until the scroll position is restored: `uuid` is at `top`. */
async function expectRestored(tab: Tab, uuid: string, top: number): Promise<void> {
  await expect.poll(async () => Math.abs((await topOf(tab, uuid)) - top) <= TOLERANCE).toBe(true)
  await waitUntilStill(tab)
  expect(Math.abs((await topOf(tab, uuid)) - top)).toBeLessThanOrEqual(TOLERANCE)
}

const waitUntilStill = (tab: Tab) =>
  expect.poll(() => tab.page.evaluate(() => 'restoring' in document.documentElement.dataset)).toBe(false)

test.for([
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
] as const)('on %s: Back, a reload and a new tab restore the position deep in the list', async ([, viewport]) => {
  const { anna, uuids } = await makeFollower(150)
  let tab = await browser.tab({ as: anna, viewport })
  await tab.opens('/')
  for (const uuid of [uuids[12], uuids[130]] as string[]) {
    const top = await scrollsTo(tab, uuid)
    await tab.page.locator(`[id="${uuid}"]`).getByRole('link', { name: 'Open,' }).click()
    await tab.sees(tab.heading('Crud'))
    expect(await scrollTop(tab)).toBe(0)
    await tab.page.goBack()
    await tab.sees(tab.field('Your crud'))
    expect(Math.abs((await topOf(tab, uuid)) - top)).toBeLessThanOrEqual(TOLERANCE)
    await expectRestored(tab, uuid, top)

    const movement = await recordMovement(tab, uuid)
    await tab.page.reload()
    await expectRestored(tab, uuid, top)
    expect(await movement(), 'visible jump').toBeLessThanOrEqual(TOLERANCE)

    await tab.visits('/about')
    await tab.page.goBack()
    await expectRestored(tab, uuid, top)

    const newTab = await tab.newTab()
    await tab.page.close()
    tab = newTab
    await tab.opens('/')
    await expectRestored(tab, uuid, top)
  }
})

test('once the position is restored, what is in view is not hidden again, though deferred code comes late', async () => {
  const { anna, uuids } = await makeFollower(60)
  const uuid = uuids[40] ?? ''
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const top = await scrollsTo(tab, uuid)
  await tab.page.route('**/assets/open-card-*', () => {})
  await tab.page.reload()
  await expectRestored(tab, uuid, top)
  const list = tab.page.locator('.window').filter({ has: tab.page.locator(`[id="${uuid}"]`) })
  expect(await list.evaluate((element) => getComputedStyle(element).animationName)).toBe('none')
})

test('if the crud has expired meanwhile, its nearest neighbour takes its position', async () => {
  const { anna, uuids } = await makeFollower(80)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const [above, one, two] = uuids.slice(59, 62) as [string, string, string]
  const top = await scrollsTo(tab, one)
  await expireActivities(site.db, one)
  await tab.page.reload()
  await expectRestored(tab, two, top)
  expect(await tab.page.locator(`[id="${one}"]`).count()).toBe(0)

  // Now all above it as well.
  const topOfNeighbour = await topOf(tab, above)
  await expireActivities(site.db, ...uuids.slice(0, 60))
  await tab.page.reload()
  await expectRestored(tab, two, topOfNeighbour)
})

test('if an opened crud expires, Back restores the position of its neighbour', async () => {
  const { anna, uuids } = await makeFollower(80)
  const [one, two] = uuids.slice(50, 52) as [string, string]
  await site.db.sql(`update activities set expires_at = now() + interval '10 minutes' where uuid = $1`, [one])
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.page.clock.install()
  await tab.opens('/')
  const top = await scrollsTo(tab, one)
  await tab.page.locator(`[id="${one}"]`).getByRole('link', { name: 'Open,' }).click()
  await tab.sees(tab.heading('Crud'))
  await tab.page.clock.fastForward(11 * 60_000)
  await tab.page.goBack()
  await expectRestored(tab, two, top)
  expect(await tab.page.locator(`[id="${one}"]`).count()).toBe(0)
})

test('scrolling by hand stops the restoration; links lead to the top or to their fragment', async () => {
  const { anna, uuids } = await makeFollower(150)
  const [first, tenth, target] = [uuids[0], uuids[10], uuids[140]] as [string, string, string]
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  await scrollsTo(tab, target)
  const released = Promise.withResolvers<void>()
  await tab.page.route('**/api/activities/home?**', async (route) => {
    await released.promise
    await route.continue()
  })
  await tab.page.reload()
  await tab.waitsForHydration()
  await tab.page.mouse.move(180, 300)
  await tab.page.mouse.wheel(0, -100_000)
  await waitUntilStill(tab)
  released.resolve()
  await expect.poll(() => scrollTop(tab)).toBe(0)
  await tab.sees(tab.field('Your crud'))
  await tab.page.unroute('**/api/activities/home?**')

  await scrollsTo(tab, tenth)
  await tab.goesTo('Home')
  await expect.poll(() => scrollTop(tab)).toBe(0)
  await tab.visits('/about')
  await tab.visits(`/#${tenth}`)
  await expect.poll(async () => Math.abs((await topOf(tab, tenth)) - 72) < 2).toBe(true)
  expect(await topOf(tab, first)).toBeLessThan(0)

  // In a new tab only home restores its position.
  const [{ handle } = { handle: '' }] = await site.db.sql<{ handle: string }>(
    'select handle from users join activities on user_uuid = users.uuid where activities.uuid = $1',
    [first],
  )
  await tab.opens(`/@${handle}`)
  await scrollsTo(tab, tenth)
  await tab.opens(`/@${handle}`)
  expect(await scrollTop(tab)).toBe(0)

  // After a day it does not either.
  await tab.page.evaluate(() => {
    for (const [key, value] of Object.entries(localStorage)) {
      if (!key.startsWith('scroll-position')) continue
      const position = JSON.parse(value)
      localStorage.setItem(key, JSON.stringify({ ...position, savedAt: position.savedAt - 86_400_000 }))
    }
  })
  await tab.opens('/')
  await waitUntilStill(tab)
  expect(await scrollTop(tab)).toBe(0)
})

test('the Back link of a crud restores the list, without script leads to it, and on a first page is a link home', async () => {
  const { anna, uuids } = await makeFollower(80)
  const uuid = uuids[50] as string
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/?feed=everyone')
  const top = await scrollsTo(tab, uuid)
  await tab.page.locator(`[id="${uuid}"]`).getByRole('link', { name: 'Open,' }).click()
  await tab.sees(tab.heading('Crud'))
  const path = tab.path
  // A jump to the reply box is no step of the history.
  await tab.main.getByRole('article').getByRole('link', { name: 'Reply', exact: true }).click()
  await expect.poll(() => tab.page.evaluate(() => document.activeElement?.id)).toBe('reply')
  await tab.follows('Back')
  await tab.comesTo('/?feed=everyone')
  await expectRestored(tab, uuid, top)

  const newTab = await tab.newTab()
  const withoutScript = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await newTab.opens(path)
  await withoutScript.visits(path)
  for (const each of [newTab, withoutScript]) {
    await each.follows('Home')
    await each.comesTo('/')
  }
  await withoutScript.visits('/?feed=everyone')
  await withoutScript.main.getByRole('article').first().getByRole('link', { name: 'Open,' }).click()
  await withoutScript.sees(withoutScript.heading('Crud'))
  await withoutScript.follows('Back')
  await withoutScript.comesTo('/?feed=everyone')
})
