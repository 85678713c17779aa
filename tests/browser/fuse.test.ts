import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { setExpiry } from '../support/fixtures/set-expiry.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { movesAnimations } from './support/move-time.ts'
import type { Tab } from './support/tab.ts'
import { posts } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** By how much the planned end may differ from the expiry, in ms. */
const MARGIN = 500

/** How long before its expiry a crud is seen once more, and how long after it is not, in seconds: a busy machine may take as long. */
const NEAR = 30

/** Posts an activity that expires in `seconds`; returns its path and expiry, in ms. */
async function postsExpiring(actor: Actor, message: string, seconds: number): Promise<{ path: string; end: number }> {
  const { uuid } = await actor.posts(message)
  return { path: `/@${actor.handle}/status/${uuid}`, end: await setExpiry(site.db, [uuid], seconds) }
}

/** Lets seconds pass on a page, for its animations and its script. */
async function movesTime(tab: Tab, seconds: number): Promise<void> {
  await movesAnimations(tab, seconds)
  await tab.page.evaluate((ms) => {
    for (const clock of [performance, Date]) {
      const now = clock.now.bind(clock)
      clock.now = () => now() + ms
    }
    window.dispatchEvent(new PageTransitionEvent('pageshow'))
  }, seconds * 1_000)
}

/** Checks that a crud is planned to disappear at `end`, and does. */
async function expectExpiryAt(end: number, tab: Tab, crud: Locator): Promise<void> {
  const { earliest, latest } = await plannedEnd(crud)
  expect(latest).toBeGreaterThan(end - MARGIN)
  expect(earliest).toBeLessThan(end + MARGIN)
  await movesTime(tab, (end - Date.now()) / 1_000 - NEAR)
  expect(await crud.isVisible()).toBe(true)
  await movesTime(tab, 2 * NEAR)
  await tab.doesNotSee(crud)
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
  const [one, other] = [await postsExpiring(anna, goes, 300), await postsExpiring(ben, only, 300)]
  const views = [
    { ...one, path: `/@${anna.handle}`, message: goes, note: undefined },
    { ...other, path: `/@${ben.handle}`, message: only, note: empty },
    { ...other, message: only, note: /^This crud has burnt out\./ },
  ]
  for (const { path, message, end, note } of views) {
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled })
    await tab.visits(path)
    if (javaScriptEnabled) await tab.waitsForHydration()
    if (note) expect(await tab.main.getByText(note).isVisible()).toBe(false)
    await expectExpiryAt(end, tab, tab.crud(message))
    if (note) {
      await tab.sees(tab.main.getByText(note))
      continue
    }
    expect(await tab.crud(stays).isVisible()).toBe(true)
    expect(await tab.main.getByText('Everything here has burnt out.').isVisible()).toBe(false)
  }
})

test.each([
  ['with script', true],
  ['without script', false],
])('%s, links name the time that is left for assistive tech', async (_, javaScriptEnabled) => {
  const anna = await site.actors.join('anna')
  const { uuid } = await anna.posts('For a minute')
  await postsExpiring(anna, 'For an hour', 3_590)
  await postsExpiring(anna, 'For hours', 7 * 3_600)
  await postsExpiring(anna, 'For days', 6 * 86_400)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled })
  await setExpiry(site.db, [uuid], 59)
  await tab.visits(`/@${anna.handle}`)
  if (javaScriptEnabled) await tab.waitsForHydration()
  const names = (await accessibleNames(tab, 'link')).filter((name) => name.startsWith('Open,'))
  const links = names.map((name) => name.replace(/ ?Posted .*/, ''))
  expect(links).toEqual(['Open, 6 days left', 'Open, 7 hours left', 'Open, 1 hour left', 'Open, under a minute left'])
})

test.each([
  ['with script', true],
  ['without script', false],
])(
  '%s, a fresh hour is 1 hour, also where the clock that rendered the page was behind',
  async (_, javaScriptEnabled) => {
    const anna = await site.actors.join('anna')
    const { uuid } = await anna.posts('Fresh')
    const inFuture = "update activities set created_at = now() + interval '9 s', expires_at = now() + interval '3609 s'"
    await site.db.sql(`${inFuture} where uuid = $1`, [uuid])
    const tab = await browser.tab({ as: anna, javaScriptEnabled })
    await tab.visits(`/@${anna.handle}`)
    const names = await accessibleNames(tab, 'link')
    expect(names.find((name) => name.startsWith('Open,'))).toContain('1 hour left')
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
  // The last of them; the browser renders a long list in several frames.
  await tab.sees(tab.crud('A minute'))
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
  const tab = await browser.tab({ as: anna })
  await tab.page.clock.install()
  await postsExpiring(anna, sooner, 700)
  const { end } = await postsExpiring(anna, later, 1_400)
  await tab.opens('/')
  /** What a fuse says had passed when it was first shown, and when its animations began. */
  const startOf = (text: string) =>
    tab
      .crud(text)
      .evaluate((card) => [
        card.style.getPropertyValue('--elapsed'),
        ...card.getAnimations().map(({ startTime }) => Number(startTime)),
      ])
  const starts = async () => [await startOf(sooner), await startOf(later)]
  const before = await starts()
  await posts(tab, `One more, says ${anna.handle}`)
  await posts(tab, `And more, says ${anna.handle}`)
  expect(await starts()).toEqual(before)
  await tab.page.clock.fastForward(700_000)
  await tab.doesNotSee(tab.crud(sooner))
  expect(await startOf(later)).toEqual(before[1])

  await tab.opensOwnProfile()
  await tab.sees(tab.heading('Anna'))
  await tab.page.goBack()
  await tab.sees(tab.field('Your crud'))
  const planned = await tab.crud(later).evaluate((card) => {
    const { style } = card
    return Number(style.getPropertyValue('--ttl')) - Number(style.getPropertyValue('--elapsed'))
  })
  const left = async () => (end - (await tab.page.evaluate(() => Date.now()))) / 1_000
  // It was rendered some seconds before; the fuse that went had 700 more.
  expect(planned).toBeGreaterThan((await left()) - MARGIN / 1_000)
  expect(planned).toBeLessThan((await left()) + 100)
  await tab.page.clock.fastForward(Math.floor(1_000 * ((await left()) - NEAR)))
  expect(await tab.crud(later).isVisible()).toBe(true)
  await tab.page.clock.fastForward(2_000 * NEAR)
  await tab.doesNotSee(tab.crud(later))
})

test('Back does not show an expired crud: within the app, or from another document', async () => {
  const anna = await site.actors.join('anna')
  const goes = `Goes, says ${anna.handle}`
  const { uuid } = await anna.posts(goes)
  const [app, scripted, plain] = [
    await browser.tab({ as: anna }),
    await browser.tab({ as: anna }),
    await browser.tab({ as: anna, javaScriptEnabled: false }),
  ]
  await app.page.clock.install()
  for (const tab of [app, scripted, plain]) {
    await tab.visits('/')
    await tab.sees(tab.crud(goes))
  }
  await app.waitsForHydration()
  await app.goesTo('Sign out')
  await app.sees(app.heading('Sign out?'))
  await scripted.visits('/about')
  await plain.visits('/about')

  await app.page.clock.fastForward(3_600_000)
  await setExpiry(site.db, [uuid], 0)
  for (const tab of [app, scripted, plain]) {
    await tab.page.goBack()
    await tab.sees(tab.field('Your crud'))
    await tab.doesNotSee(tab.crud(goes))
    // Hidden at once, it is removed by the page's first effect.
    await expect.poll(() => tab.crud(goes).count()).toBe(0)
  }
})

// Headless Chromium has no back-forward cache; a frozen tab stops its timers and animations as the cache does.
test('a tab that was frozen when a crud expired does not show it', async () => {
  const anna = await site.actors.join('anna')
  const goes = `Goes, says ${anna.handle}`
  await anna.posts(goes)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.sees(tab.crud(goes))
  const freezer = await tab.context.newCDPSession(tab.page)
  await freezer.send('Page.setWebLifecycleState', { state: 'frozen' })
  await tab.page.evaluate(() => {
    for (const clock of [performance, Date]) {
      const now = clock.now.bind(clock)
      clock.now = () => now() + 3_600_000
    }
  })
  expect(await tab.crud(goes).count()).toBe(1)
  await freezer.send('Page.setWebLifecycleState', { state: 'active' })
  await tab.page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect.poll(() => tab.crud(goes).count()).toBe(0)
})

test('under reduced motion there are no flames, and the crud disappears on time', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, javaScriptEnabled: false, reducedMotion: 'reduce' })
  const { path, end } = await postsExpiring(anna, 'Goes quietly', 60)
  await tab.visits(path)
  const crud = tab.crud('Goes quietly')
  const animationNames = await crud.evaluate((animation) =>
    animation.getAnimations({ subtree: true }).map((one) => (one as CSSAnimation).animationName),
  )
  expect(animationNames).toContain('burn-out')
  expect(animationNames).not.toContain('ash')
  const { earliest, latest } = await plannedEnd(crud)
  expect(latest).toBeGreaterThan(end - MARGIN)
  expect(earliest).toBeLessThan(end + MARGIN)
  expect(await crud.isVisible()).toBe(true)
  await movesAnimations(tab, 60)
  await tab.doesNotSee(crud)
})

test('after the computer slept without an event, expired cruds disappear, also those without an animation', async () => {
  const anna = await site.actors.join('anna')
  const message = `Slept through, says ${anna.handle}`
  await anna.posts(message, '1-day')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.page.clock.install()
  await tab.opens('/about')
  await tab.goesTo('Home')
  await tab.sees(tab.crud(message))
  expect(await tab.crud(message).evaluate((animation) => animation.classList.contains('calm'))).toBe(true)
  await tab.page.evaluate(() => {
    const { now } = Date
    Date.now = () => now() + 25 * 3_600_000
  })
  await tab.page.clock.runFor(5_000)
  await expect.poll(() => tab.crud(message).count()).toBe(0)
})
