import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { setExpiry } from '../support/fixtures/set-expiry.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import type { Tab } from './support/tab.ts'
import { posts } from './support/user-journey.ts'
import { openWarmTabs } from './support/warm-tabs.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** By how much the planned end may differ from the expiry, in ms. */
const MARGIN = 500

/** How late an expired crud may still be visible, in ms: a busy machine paints late. */
const SLACK = 5_000

/** Posts an activity that expires in `seconds`; returns its path and expiry, in ms. */
async function postsExpiring(actor: Actor, message: string, seconds: number): Promise<{ path: string; end: number }> {
  const { uuid } = await actor.posts(message)
  return { path: `/@${actor.handle}/status/${uuid}`, end: await setExpiry(site.db, [uuid], seconds) }
}

/** Checks that a crud is planned to disappear at `end`, and does. */
async function expectExpiryAt(end: number, crud: Locator): Promise<void> {
  const { earliest, latest } = await plannedEnd(crud)
  expect(latest).toBeGreaterThan(end - MARGIN)
  expect(earliest).toBeLessThan(end + MARGIN)
  expect(await crud.isVisible()).toBe(true)
  await expect.poll(() => crud.isVisible(), { interval: 40, timeout: 40_000 }).toBe(false)
  const late = Date.now() - end
  expect(late).toBeGreaterThan(-MARGIN)
  expect(late).toBeLessThan(SLACK)
}

/** When the animation hides a crud (at 90 %), in ms; the document was rendered between its request and its arrival. */
async function plannedEnd(crud: Locator): Promise<{ earliest: number; latest: number }> {
  return crud.evaluate((element) => {
    const burnOut = element
      .getAnimations()
      .find((animation) => (animation as CSSAnimation).animationName === 'burn-out')
    const { delay = 0, duration } = burnOut?.effect?.getComputedTiming() ?? {}
    const hiddenAfter = performance.timeOrigin + delay + Number(duration) * 0.9
    const [document] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    return {
      earliest: hiddenAfter + (document?.requestStart ?? 0),
      latest: hiddenAfter + (document?.responseStart ?? 0),
    }
  })
}

const elapsedOf = (crud: Locator) => crud.evaluate((element) => element.style.getPropertyValue('--elapsed'))

test.each([
  ['with script', true, /^@\w+ has nothing burning here\./],
  ['without script', false, /^Everything here has burnt out\./],
])('%s, a crud disappears at its expiry, and others stay', async (_, javaScriptEnabled, empty) => {
  const anna = await site.actors.join('anna')
  const ben = await site.actors.join('ben')
  const stays = `Stays, says ${anna.handle}`
  await anna.posts(stays)
  const goes = `Goes, says ${anna.handle}`
  const only = `The only one of ${ben.handle}`
  const warm = { as: anna, viewport: PHONE, javaScriptEnabled }
  const { tabs, secondsToOpen } = await openWarmTabs(browser, [warm, warm, warm])
  const [one, other] = [await postsExpiring(anna, goes, secondsToOpen), await postsExpiring(ben, only, secondsToOpen)]
  const views = [
    { ...one, path: `/@${anna.handle}`, message: goes, note: undefined },
    { ...other, path: `/@${ben.handle}`, message: only, note: empty },
    { ...other, message: only, note: /^This crud has burnt out\./ },
  ]
  const checks = views.map(async ({ path, message, end, note }, i) => {
    const tab = tabs[i] as Tab
    await tab.visits(path)
    if (javaScriptEnabled) await tab.waitsForHydration()
    if (note) expect(await tab.main.getByText(note).isVisible()).toBe(false)
    await expectExpiryAt(end, tab.crud(message))
    if (note) return tab.sees(tab.main.getByText(note))
    expect(await tab.crud(stays).isVisible()).toBe(true)
    expect(await tab.main.getByText('Everything here has burnt out.').isVisible()).toBe(false)
  })
  await Promise.all(checks)
})

test.each([
  ['with script', true],
  ['without script', false],
])('%s, links name the time that is left for assistive tech', async (_, javaScriptEnabled) => {
  const anna = await site.actors.join('anna')
  await postsExpiring(anna, 'For a minute', 59)
  await postsExpiring(anna, 'For an hour', 3_590)
  await postsExpiring(anna, 'For hours', 7 * 3_600)
  await postsExpiring(anna, 'For days', 6 * 86_400)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled })
  await tab.visits(`/@${anna.handle}`)
  if (javaScriptEnabled) await tab.waitsForHydration()
  const names = (await accessibleNames(tab, 'link')).filter((name) => name.startsWith('Open,'))
  const links = names.map((name) => name.replace(/ ?Posted .*/, ''))
  expect(links).toEqual([
    'Open, 6 days left',
    'Open, 7 hours left',
    'Open, 60 minutes left',
    'Open, under a minute left',
  ])
})

test.each([
  ['with script', true],
  ['without script', false],
])(
  '%s, a fresh hour is 60 minutes, also where the clock that rendered the page was behind',
  async (_, javaScriptEnabled) => {
    const anna = await site.actors.join('anna')
    const { uuid } = await anna.posts('Fresh')
    const inFuture = "update activities set created_at = now() + interval '9 s', expires_at = now() + interval '3609 s'"
    await site.db.sql(`${inFuture} where uuid = $1`, [uuid])
    const tab = await browser.tab({ as: anna, javaScriptEnabled })
    await tab.visits(`/@${anna.handle}`)
    const names = await accessibleNames(tab, 'link')
    expect(names.find((name) => name.startsWith('Open,'))).toContain('60 minutes left')
  },
)

test.each([
  ['with script', true],
  ['without script', false],
])('%s, of two fuses the one with more time left is longer, whatever their TTLs', async (_, javaScriptEnabled) => {
  const anna = await site.actors.join('anna')
  const minutesLeft = { 'A minute': 1, 'Ten minutes': 10, 'Under an hour': 55, 'Three hours': 180, 'Two days': 2_880 }
  const texts = Object.keys(minutesLeft)
  for (const [text, minutes] of Object.entries(minutesLeft)) {
    const { uuid } = await anna.posts(text, text === 'Under an hour' ? '1-hour' : '30-days')
    await setExpiry(site.db, [uuid], minutes * 60)
  }
  await anna.posts('A month', '30-days')
  const tab = await browser.tab({ as: anna, javaScriptEnabled })
  await tab.visits(`/@${anna.handle}`)
  const fractionOf = (text: string) =>
    tab
      .crud(text)
      .locator('.fuse')
      .evaluate((fuse) => {
        const line = getComputedStyle(fuse, '::before')
        return Number.parseFloat(line.width) / fuse.clientWidth
      })
  const fractions = await Promise.all([...texts, 'A month'].map(fractionOf))
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
  expect(new Set(fractions).size).toBe(6)
  expect(fractions[5]).toBeCloseTo(1, 2)
  const expected = (seconds: number) => Math.log(1 + seconds / 600) / Math.log(1 + 2_592_000 / 600)
  expect(fractions[3]).toBeCloseTo(expected(10_800), 2)
  const heat = (text: string) => tab.crud(text).evaluate((card) => getComputedStyle(card).getPropertyValue('--hot'))
  expect(await Promise.all(['A minute', 'Under an hour'].map(heat))).toEqual(['1', '0'])
})

/** The accessible names of all elements with a role, as Chromium computes them. */
async function accessibleNames(tab: Tab, role: string): Promise<string[]> {
  const session = await tab.context.newCDPSession(tab.page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  return nodes.filter((node) => node.role?.value === role).map((node) => String(node.name?.value))
}

test('a fuse keeps its start when the list changes, and gets a new one when it is rendered again', async () => {
  const anna = await site.actors.join('anna')
  const sooner = `Sooner, says ${anna.handle}`
  const later = `Later, says ${anna.handle}`
  const { tabs, secondsToOpen } = await openWarmTabs(browser, [{ as: anna }])
  const [tab] = tabs as [Tab]
  const first = await postsExpiring(anna, sooner, 2 * secondsToOpen)
  const second = await postsExpiring(anna, later, 3 * secondsToOpen)
  await tab.opens('/')
  const elapsedOfBoth = async () => [await elapsedOf(tab.crud(sooner)), await elapsedOf(tab.crud(later))]
  const before = await elapsedOfBoth()
  await posts(tab, `One more, says ${anna.handle}`)
  await posts(tab, `And more, says ${anna.handle}`)
  expect(await elapsedOfBoth()).toEqual(before)
  await expectExpiryAt(first.end, tab.crud(sooner))
  expect(await elapsedOf(tab.crud(later))).toBe(before[1])

  await tab.opensOwnProfile()
  await tab.sees(tab.heading('Anna'))
  await tab.page.goBack()
  await tab.sees(tab.field('Your crud'))
  expect(Number(await elapsedOf(tab.crud(later)))).toBeGreaterThan(Number(before[1]) + 1)
  await expect.poll(() => tab.crud(later).isVisible(), { interval: 40, timeout: 40_000 }).toBe(false)
  expect(Date.now() - second.end).toBeGreaterThan(-MARGIN)
  expect(Date.now() - second.end).toBeLessThan(SLACK)
})

// Headless Chromium has no back-forward cache; a frozen tab stops its timers and animations as the cache does.
test('Back does not show an expired crud: within the app, from another document, or in a frozen tab', async () => {
  const anna = await site.actors.join('anna')
  const goes = `Goes, says ${anna.handle}`
  const scriptedOptions = { as: anna }
  const { tabs, secondsToOpen } = await openWarmTabs(browser, [
    scriptedOptions,
    scriptedOptions,
    scriptedOptions,
    { as: anna, javaScriptEnabled: false },
  ])
  const [app, scripted, frozen, plain] = tabs as [Tab, Tab, Tab, Tab]
  const { end } = await postsExpiring(anna, goes, secondsToOpen + 4)
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

  // The page's clock lags by the time that its document took to arrive.
  await expect.poll(() => Date.now() > end + 1_000, { timeout: 40_000 }).toBe(true)
  for (const tab of [app, scripted, plain]) {
    await tab.page.goBack()
    await tab.sees(tab.field('Your crud'))
    expect(await tab.crud(goes).isVisible()).toBe(false)
  }
  expect(await app.crud(goes).count()).toBe(0)
  await freezer.send('Page.setWebLifecycleState', { state: 'active' })
  await frozen.page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect.poll(() => frozen.crud(goes).count()).toBe(0)
})

test('under reduced motion there are no flames, and the crud disappears on time', async () => {
  const anna = await site.actors.join('anna')
  const { tabs, secondsToOpen } = await openWarmTabs(browser, [
    { as: anna, javaScriptEnabled: false, reducedMotion: 'reduce' },
  ])
  const [tab] = tabs as [Tab]
  const { path, end } = await postsExpiring(anna, 'Goes quietly', secondsToOpen)
  await tab.visits(path)
  const crud = tab.crud('Goes quietly')
  const animationNames = await crud.evaluate((animation) =>
    animation.getAnimations({ subtree: true }).map((one) => (one as CSSAnimation).animationName),
  )
  expect(animationNames).toContain('burn-out')
  expect(animationNames).not.toContain('ash')
  await expect.poll(() => crud.isVisible(), { interval: 40, timeout: 40_000 }).toBe(false)
  expect(Date.now() - end).toBeGreaterThan(-MARGIN)
})

test('after the computer slept without an event, expired cruds disappear, also those without an animation', async () => {
  const anna = await site.actors.join('anna')
  const message = `Slept through, says ${anna.handle}`
  await anna.posts(message, '1-day')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/about')
  await tab.goesTo('Home')
  await tab.sees(tab.crud(message))
  expect(await tab.crud(message).evaluate((animation) => animation.classList.contains('calm'))).toBe(true)
  await tab.page.evaluate(() => {
    const { now } = Date
    Date.now = () => now() + 25 * 3_600_000
  })
  await expect.poll(() => tab.crud(message).count(), { timeout: 40_000 }).toBe(0)
})
