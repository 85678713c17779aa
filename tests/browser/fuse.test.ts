import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import type { Tab } from './support/tab.ts'
import { posts } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** How far from its end a crud may go by its numbers, ms. */
const MARGIN = 500

/** How late it may be seen to go: a machine that does other things besides shows nothing on time. */
const SLACK = 2_000

/** Says something an hour ago that has `seconds` left, and tells when it ends, ms. */
async function lights(person: Actor, message: string, seconds: number): Promise<{ path: string; end: number }> {
  const { uuid } = await person.posts(message)
  const [row] = await site.db.sql<{ end: string }>(
    `update activities
     set created_at = now() - interval '1 hour', expires_at = clock_timestamp() + $2::integer * interval '1 second'
     where uuid = $1
     returning (extract(epoch from expires_at) * 1000)::text as end`,
    [uuid, seconds],
  )
  return { path: `/@${person.handle}/status/${uuid}`, end: Number(row?.end) }
}

/** Watches a crud go: its animation has to end with it, and nothing of it may be left soon after. */
async function goesAt(end: number, crud: Locator): Promise<void> {
  const { earliest, latest } = await plannedEnd(crud)
  expect(latest).toBeGreaterThan(end - MARGIN)
  expect(earliest).toBeLessThan(end + MARGIN)
  expect(await crud.isVisible()).toBe(true)
  await expect.poll(() => crud.isVisible(), { interval: 40, timeout: 15_000 }).toBe(false)
  const late = Date.now() - end
  expect(late).toBeGreaterThan(-MARGIN)
  expect(late).toBeLessThan(SLACK)
}

/** When the animation of a crud has it gone (at 90 %), ms, if its document was written when asked for or on arrival. */
async function plannedEnd(crud: Locator): Promise<{ earliest: number; latest: number }> {
  return crud.evaluate((element) => {
    const burnOut = element.getAnimations().find((it) => (it as CSSAnimation).animationName === 'burn-out')
    const { delay = 0, duration } = burnOut?.effect?.getComputedTiming() ?? {}
    const lasts = performance.timeOrigin + delay + Number(duration) * 0.9
    const [document] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    return { earliest: lasts + (document?.requestStart ?? 0), latest: lasts + (document?.responseStart ?? 0) }
  })
}

/** Tabs that have shown a page of the site before: a crud with seconds left cannot wait for a browser to start them. */
async function warmTabs(count: number, options: Parameters<typeof browser.tab>[0]): Promise<Tab[]> {
  const tabs = await Promise.all(Array.from({ length: count }, () => browser.tab(options)))
  await Promise.all(tabs.map((tab) => tab.visits('/about')))
  return tabs
}

const elapsedOf = (crud: Locator) => crud.evaluate((element) => element.style.getPropertyValue('--elapsed'))

test.each([
  ['with script', true, /^@\w+ has nothing burning here\./],
  ['without script', false, /^Everything here has burnt out\./],
])('%s, a crud goes when its time is up, and nothing else does', async (_, javaScriptEnabled, empty) => {
  const anna = await site.actors.join('anna')
  const ben = await site.actors.join('ben')
  const stays = `Stays, says ${anna.handle}`
  await anna.posts(stays)
  const goes = `Goes, says ${anna.handle}`
  const only = `The only one of ${ben.handle}`
  const tabs = await warmTabs(3, { as: anna, viewport: PHONE, javaScriptEnabled })
  const [one, other] = [await lights(anna, goes, 6), await lights(ben, only, 6)]
  const views = [
    { ...one, path: `/@${anna.handle}`, message: goes, note: undefined },
    { ...other, path: `/@${ben.handle}`, message: only, note: empty },
    { ...other, message: only, note: /^This crud has burnt out\./ },
  ]
  const watching = views.map(async ({ path, message, end, note }, i) => {
    const tab = tabs[i] as Tab
    await tab.visits(path)
    if (javaScriptEnabled) await tab.waitsForHydration()
    if (note) expect(await tab.main.getByText(note).isVisible()).toBe(false)
    await goesAt(end, tab.crud(message))
    if (note) return tab.sees(tab.main.getByText(note))
    expect(await tab.crud(stays).isVisible()).toBe(true)
    expect(await tab.main.getByText('Everything here has burnt out.').isVisible()).toBe(false)
  })
  await Promise.all(watching)
})

test.each([
  ['with script', true],
  ['without script', false],
])('%s, what is left is said in words, to assistive tech as well', async (_, javaScriptEnabled) => {
  const anna = await site.actors.join('anna')
  await lights(anna, 'For a minute', 59)
  await lights(anna, 'For an hour', 3_590)
  await lights(anna, 'For hours', 7 * 3_600)
  await lights(anna, 'For days', 6 * 86_400)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled })
  await tab.visits(`/@${anna.handle}`)
  if (javaScriptEnabled) await tab.waitsForHydration()
  const links = (await namesOf(tab, 'link')).filter((name) => name.startsWith('Open,'))
  expect(links).toEqual([
    'Open, 6 days left',
    'Open, 7 hours left',
    'Open, 60 minutes left',
    'Open, under a minute left',
  ])
})

/** The names of everything with a role, as Chromium tells them to assistive tech. */
async function namesOf(tab: Tab, role: string): Promise<string[]> {
  const session = await tab.context.newCDPSession(tab.page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  return nodes.filter((node) => node.role?.value === role).map((node) => String(node.name?.value))
}

test('a fuse keeps its numbers whatever happens around it, and gets new ones when it is shown again', async () => {
  const anna = await site.actors.join('anna')
  const sooner = `Sooner, says ${anna.handle}`
  const later = `Later, says ${anna.handle}`
  const [tab] = (await warmTabs(1, { as: anna })) as [Tab]
  const [first, second] = [await lights(anna, sooner, 5), await lights(anna, later, 9)]
  await tab.opens('/')
  const numbers = async () => [await elapsedOf(tab.crud(sooner)), await elapsedOf(tab.crud(later))]
  const before = await numbers()
  await posts(tab, `One more, says ${anna.handle}`)
  await posts(tab, `And more, says ${anna.handle}`)
  expect(await numbers()).toEqual(before)
  await goesAt(first.end, tab.crud(sooner))
  expect(await elapsedOf(tab.crud(later))).toBe(before[1])

  await tab.opensOwnProfile()
  await tab.sees(tab.heading('Anna'))
  await tab.page.goBack()
  await tab.sees(tab.field('Your crud'))
  expect(Number(await elapsedOf(tab.crud(later)))).toBeGreaterThan(Number(before[1]) + 1)
  await expect.poll(() => tab.crud(later).isVisible(), { interval: 40, timeout: 15_000 }).toBe(false)
  expect(Date.now() - second.end).toBeGreaterThan(-MARGIN)
  expect(Date.now() - second.end).toBeLessThan(SLACK)
})

// Chromium without a head has no back-forward cache; a tab that is frozen stops its timers and animations as one in it.
test('Back does not bring back what has ended: in the app, from another document, out of the freezer', async () => {
  const anna = await site.actors.join('anna')
  const goes = `Goes, says ${anna.handle}`
  const [app, scripted, frozen] = (await warmTabs(3, { as: anna })) as [Tab, Tab, Tab]
  const [plain] = (await warmTabs(1, { as: anna, javaScriptEnabled: false })) as [Tab]
  const { end } = await lights(anna, goes, 6)
  const opening = [app, scripted, plain, frozen].map(async (tab) => {
    await tab.visits('/')
    await tab.sees(tab.crud(goes))
  })
  await Promise.all(opening)
  await frozen.waitsForHydration()
  const freezer = await frozen.context.newCDPSession(frozen.page)
  await freezer.send('Page.setWebLifecycleState', { state: 'frozen' })
  await app.waitsForHydration()
  await app.goesTo('Sign out')
  await app.sees(app.heading('Sign out?'))
  await scripted.visits('/about')
  await plain.visits('/about')
  expect(Date.now()).toBeLessThan(end)

  // The page's clock is behind by what its document took to arrive.
  await expect.poll(() => Date.now() > end + 1_000, { timeout: 15_000 }).toBe(true)
  for (const tab of [app, scripted, plain]) {
    await tab.page.goBack()
    await tab.sees(tab.field('Your crud'))
    expect(await tab.crud(goes).isVisible()).toBe(false)
  }
  expect(await app.crud(goes).count()).toBe(0)
  await freezer.send('Page.setWebLifecycleState', { state: 'active' })
  await frozen.page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect.poll(() => frozen.crud(goes).count(), { timeout: 500 }).toBe(0)
})

test('whoever wants little motion sees no flames, and it goes on time', async () => {
  const anna = await site.actors.join('anna')
  const [tab] = (await warmTabs(1, { as: anna, javaScriptEnabled: false, reducedMotion: 'reduce' })) as [Tab]
  const { path, end } = await lights(anna, 'Goes quietly', 4)
  await tab.visits(path)
  const crud = tab.crud('Goes quietly')
  const moving = await crud.evaluate((it) =>
    it.getAnimations({ subtree: true }).map((one) => (one as CSSAnimation).animationName),
  )
  expect(moving).toContain('burn-out')
  expect(moving).not.toContain('ash')
  await expect.poll(() => crud.isVisible(), { interval: 40, timeout: 15_000 }).toBe(false)
  expect(Date.now() - end).toBeGreaterThan(-MARGIN)
})

test('after a sleep that no event tells of, what has ended meanwhile is gone, also what has no animation', async () => {
  const anna = await site.actors.join('anna')
  const message = `Slept through, says ${anna.handle}`
  await anna.posts(message, '1-day')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/about')
  await tab.goesTo('Home')
  await tab.sees(tab.crud(message))
  expect(await tab.crud(message).evaluate((it) => it.classList.contains('calm'))).toBe(true)
  await tab.page.evaluate(() => {
    const { now } = Date
    Date.now = () => now() + 25 * 3_600_000
  })
  await expect.poll(() => tab.crud(message).count(), { timeout: 15_000 }).toBe(0)
})
