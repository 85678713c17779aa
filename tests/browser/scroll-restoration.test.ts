import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows } from '../support/actors/actions.ts'
import type { Actor } from '../support/actors/actors.ts'
import { expireActivities, postsMany, users } from '../support/actors/many-users.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** How far from where it was a crud may come to stand, px. */
const NEAR = 8

/** Somebody who follows a person with so many cruds, of several heights; their uuids, the newest first. */
async function reader(count: number): Promise<{ anna: Actor; uuids: string[] }> {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(anna, ben)
  const texts = Array.from({ length: count }, (_, i) => `Number ${i + 1}. ${'and so on '.repeat(((i + 1) % 7) * 3)}`)
  return { anna, uuids: await postsMany(site, ben, texts, 60) }
}

/** How far below the top of the window a crud stands, px. */
const topOf = (tab: Tab, uuid: string) =>
  tab.page.evaluate((id) => Math.round(document.getElementById(id)?.getBoundingClientRect().top ?? Number.NaN), uuid)

const scrollOf = (tab: Tab) => tab.page.evaluate(() => window.scrollY)

/** Scrolls down as a reader does until a crud is near the top of the window; tells how near. */
async function scrollsTo(tab: Tab, uuid: string): Promise<number> {
  const crud = tab.page.locator(`[id="${uuid}"]`)
  const last = tab.main.getByRole('article').last()
  while ((await crud.count()) === 0) await last.scrollIntoViewIfNeeded()
  await crud.evaluate((element) => {
    element.scrollIntoView()
    window.scrollBy(0, -60)
  })
  // What is near now takes its true height.
  await tab.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  return topOf(tab, uuid)
}

/** From now on notes, frame by frame, where a crud stands while it is seen; tells by how much that changed. */
async function watches(tab: Tab, uuid: string): Promise<() => Promise<number>> {
  await tab.page.addInitScript((id) => {
    const tops: number[] = []
    Object.assign(window, { tops })
    const look = () => {
      const crud = document.getElementById(id)
      if (crud?.checkVisibility({ visibilityProperty: true })) tops.push(crud.getBoundingClientRect().top)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, uuid)
  return () =>
    tab.page.evaluate(() => {
      const { tops } = window as unknown as { tops: number[] }
      return Math.max(...tops) - Math.min(...tops)
    })
}

/** Waits until a page has gone back to where its reader was. */
async function isBack(tab: Tab, uuid: string, top: number): Promise<void> {
  await expect.poll(async () => Math.abs((await topOf(tab, uuid)) - top) <= NEAR).toBe(true)
  await isStill(tab)
  expect(Math.abs((await topOf(tab, uuid)) - top)).toBeLessThanOrEqual(NEAR)
}

const isStill = (tab: Tab) =>
  expect.poll(() => tab.page.evaluate(() => 'returning' in document.documentElement.dataset)).toBe(false)

test.for([
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
] as const)('on %s: Back, a reload and opening anew lead to the same crud, deep in the list', async ([, viewport]) => {
  const { anna, uuids } = await reader(150)
  let tab = await browser.tab({ as: anna, viewport })
  await tab.opens('/')
  for (const uuid of [uuids[12], uuids[130]] as string[]) {
    const top = await scrollsTo(tab, uuid)
    await tab.page.locator(`[id="${uuid}"]`).getByRole('link', { name: 'Open,' }).click()
    await tab.sees(tab.heading('Crud'))
    expect(await scrollOf(tab)).toBe(0)
    await tab.page.goBack()
    await tab.sees(tab.field('Your crud'))
    expect(Math.abs((await topOf(tab, uuid)) - top)).toBeLessThanOrEqual(NEAR)
    await isBack(tab, uuid, top)

    const moved = await watches(tab, uuid)
    await tab.page.reload()
    await isBack(tab, uuid, top)
    expect(await moved(), 'seen to jump').toBeLessThanOrEqual(NEAR)

    await tab.visits('/about')
    await tab.page.goBack()
    await isBack(tab, uuid, top)

    const anew = await tab.newTab()
    await tab.page.close()
    tab = anew
    await tab.opens('/')
    await isBack(tab, uuid, top)
  }
})

test('the crud has burnt out meanwhile: the nearest that has not stands in its place', async () => {
  const { anna, uuids } = await reader(80)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const [above, one, two] = uuids.slice(59, 62) as [string, string, string]
  const top = await scrollsTo(tab, one)
  await expireActivities(site.db, one)
  await tab.page.reload()
  await isBack(tab, two, top)
  expect(await tab.page.locator(`[id="${one}"]`).count()).toBe(0)

  // It, and all that were ever above it.
  const place = await topOf(tab, above)
  await expireActivities(site.db, ...uuids.slice(0, 60))
  await tab.page.reload()
  await isBack(tab, two, place)
})

test('what one had opened burns out while one is there: Back leads to its neighbour, in its place', async () => {
  const { anna, uuids } = await reader(80)
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
  await isBack(tab, two, top)
  expect(await tab.page.locator(`[id="${one}"]`).count()).toBe(0)
})

test('whoever scrolls on their own is left alone; links lead to the top, and to what they name', async () => {
  const { anna, uuids } = await reader(150)
  const [first, tenth, deep] = [uuids[0], uuids[10], uuids[140]] as [string, string, string]
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  await scrollsTo(tab, deep)
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await tab.page.route('**/api/activities/home?**', async (route) => {
    await held
    await route.continue()
  })
  await tab.page.reload()
  await tab.waitsForHydration()
  await tab.page.mouse.move(180, 300)
  await tab.page.mouse.wheel(0, -100_000)
  await isStill(tab)
  release()
  await expect.poll(() => scrollOf(tab)).toBe(0)
  await tab.sees(tab.field('Your crud'))
  await tab.page.unroute('**/api/activities/home?**')

  await scrollsTo(tab, tenth)
  await tab.goesTo('Home')
  await expect.poll(() => scrollOf(tab)).toBe(0)
  await tab.visits('/about')
  await tab.visits(`/#${tenth}`)
  await expect.poll(async () => Math.abs((await topOf(tab, tenth)) - 72) < 2).toBe(true)
  expect(await topOf(tab, first)).toBeLessThan(0)

  // Opened anew, only home goes on where it was.
  const [{ handle } = { handle: '' }] = await site.db.sql<{ handle: string }>(
    'select handle from users join activities on user_uuid = users.uuid where activities.uuid = $1',
    [first],
  )
  await tab.opens(`/@${handle}`)
  await scrollsTo(tab, tenth)
  await tab.opens(`/@${handle}`)
  expect(await scrollOf(tab)).toBe(0)
})

test('the arrow of a crud leads back to where one was; as the first page, and without script, it leads home', async () => {
  const { anna, uuids } = await reader(80)
  const uuid = uuids[50] as string
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/?feed=everyone')
  const top = await scrollsTo(tab, uuid)
  await tab.page.locator(`[id="${uuid}"]`).getByRole('link', { name: 'Open,' }).click()
  await tab.sees(tab.heading('Crud'))
  const path = tab.path
  // The box on the same page is no step.
  await tab.main.getByRole('article').getByRole('link', { name: 'Reply', exact: true }).click()
  await expect.poll(() => tab.page.evaluate(() => document.activeElement?.id)).toBe('reply')
  await tab.follows('Back')
  await tab.comesTo('/?feed=everyone')
  await isBack(tab, uuid, top)

  const anew = await tab.newTab()
  const plain = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await anew.opens(path)
  await plain.visits(path)
  for (const each of [anew, plain]) {
    await each.follows('Back')
    await each.comesTo('/')
  }
})
