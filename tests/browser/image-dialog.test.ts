import type { Locator } from 'playwright-core'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Activity } from '../../worker/contract/activity.ts'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { uploads } from '../support/actors/images.ts'
import { expectStatus } from '../support/assertions/expect-answer.ts'
import { setExpiry } from '../support/fixtures/set-expiry.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { screenshots } from './support/images.ts'
import { pressesKeys, seesFocus } from './support/keyboard.ts'
import { movesAnimations } from './support/move-time.ts'
import { axeViolations, overflowingElements, smallTouchTargets } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite({ liftLimits: true })
const browser = await openBrowser(site)

const SHAPES = [
  [1_280, 853],
  [853, 1_280],
  [1_280, 720],
  [300, 200],
] as const

/** A picture of a sunset in these colours, with something to look at. */
const picture = (width: number, height: number, hue: number) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="0" y2="1">
       <stop stop-color="hsl(${hue} 60% 30%)"/><stop offset=".6" stop-color="hsl(${hue + 40} 80% 65%)"/>
       <stop offset=".6" stop-color="hsl(${hue + 180} 40% 25%)"/><stop offset="1" stop-color="hsl(${hue + 180} 40% 10%)"/>
       </linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>
       <circle cx="60%" cy="55%" r="9%" fill="hsl(${hue + 20} 90% 80%)"/></svg>`,
    ),
  )
    .jpeg()
    .toBuffer()

/** Posts an activity of `count` pictures of different shapes. */
async function postsPictures(who: Actor, count: number, json: object = {}): Promise<Activity> {
  const uploaded = await Promise.all(
    SHAPES.slice(0, count).map(async ([width, height], i) => uploads(who, await picture(width, height, i * 80))),
  )
  const images = uploaded.map(({ uuid }, i) => ({ uuid, alt: `Sunset number ${i + 1}, over a calm sea` }))
  const body = { message: 'Evening, from the pier.', ttl: '1-day', images, ...json }
  return expectStatus(await who.post('/api/activities', body), 201).body
}

const pageOf = ({ uuid, user }: Activity) => `/@${user.handle}/status/${uuid}`
const link = (tab: Tab, n: number) => tab.main.locator(`a[href$="/photo/${n}"]`)
const dialog = (tab: Tab) => tab.page.getByRole('dialog', { name: 'Pictures' })
/** The picture that the dialog shows: the others are hidden from assistive technology. */
const shown = (tab: Tab) => dialog(tab).getByRole('img')

/** Opens a page, and waits for what opens the dialog: it is loaded with the shortcut sheet. */
async function opensReady(tab: Tab, path: string): Promise<void> {
  await tab.opens(path)
  await tab.page.locator('dialog.shortcut-sheet').waitFor({ state: 'attached', timeout: 30_000 })
}

/** Opens a page, and a picture of it in the dialog. */
async function opensDialog(tab: Tab, path: string, n = 1): Promise<void> {
  await opensReady(tab, path)
  await link(tab, n).first().click()
  await dialog(tab).waitFor()
}

const sees = (tab: Tab, n: number) =>
  expect.poll(() => shown(tab).getAttribute('alt')).toBe(`Sunset number ${n}, over a calm sea`)

async function takesScreenshot({ page }: Tab, name: string): Promise<void> {
  if (process.env.SCREENS) await page.screenshot({ path: `${process.env.SCREENS}/${name}.png` })
}

const SIZES = [
  ['phone', PHONE],
  ['desktop', DESKTOP],
] as const

describe('with script, a dialog', () => {
  test('is moved through by arrow keys, closed by Escape, Back and its button, and gives the focus back', async () => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const activity = await postsPictures(ben, 3)
    const tab = await browser.tab({ as: anna })
    await opensReady(tab, `/@${ben.handle}`)
    await opensDialog(tab, pageOf(activity), 2)
    await sees(tab, 2)
    const historyIndex = () => tab.page.evaluate(() => navigation.currentEntry?.index ?? -1)
    const withDialog = await historyIndex()
    for (const [key, n] of [
      ['ArrowRight', 3],
      ['ArrowRight', 3],
      ['ArrowLeft', 2],
      ['ArrowLeft', 1],
      ['ArrowLeft', 1],
    ] as const) {
      await pressesKeys(tab, key)
      await sees(tab, n)
    }
    await tab.page.getByRole('button', { name: 'Next picture' }).click()
    await sees(tab, 2)
    await tab.page.getByRole('button', { name: 'Previous picture' }).click()
    await sees(tab, 1)
    expect(await shown(tab).count()).toBe(1)
    await pressesKeys(tab, 'Escape')
    await dialog(tab).waitFor({ state: 'detached' })
    await seesFocus(link(tab, 2))
    // The dialog's own step back ends later; nobody opens the next one within it.
    await expect.poll(historyIndex).toBe(withDialog - 1)

    await pressesKeys(tab, 'Enter')
    await dialog(tab).waitFor()
    await tab.page.goBack()
    await dialog(tab).waitFor({ state: 'detached' })
    await seesFocus(link(tab, 2))
    expect(tab.path).toBe(pageOf(activity))
    await tab.page.goBack()
    await tab.comesTo(`/@${ben.handle}`)

    await opensDialog(tab, `/@${ben.handle}`)
    await dialog(tab).getByRole('button', { name: 'Close' }).click()
    await dialog(tab).waitFor({ state: 'detached' })
    expect(tab.path).toBe(`/@${ben.handle}`)
  })

  test('is swiped through on a phone', async () => {
    const anna = await site.actors.join('anna')
    const activity = await postsPictures(anna, 3)
    const tab = await browser.tab({ as: anna, viewport: PHONE, hasTouch: true, isMobile: true })
    await opensDialog(tab, pageOf(activity))
    await sees(tab, 1)
    const session = await tab.context.newCDPSession(tab.page)
    const left = () =>
      dialog(tab)
        .locator('.image-row')
        .evaluate((row) => row.scrollLeft)
    const swipe = async (from: number, to: number) => {
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...x: number[]) =>
        session.send('Input.dispatchTouchEvent', { type, touchPoints: x.map((at) => ({ x: at, y: 380 })) })
      await touch('touchStart', from)
      const before = await left()
      for (let step = 1; step <= 10; step += 1) await touch('touchMove', from + (step * (to - from)) / 10)
      // The row follows the finger.
      await expect.poll(async () => Math.abs((await left()) - before)).toBeGreaterThan(200)
      await touch('touchEnd')
    }
    await swipe(320, 40)
    await sees(tab, 2)
    await swipe(40, 320)
    await sees(tab, 1)
    expect(await tab.page.evaluate(() => window.scrollY)).toBe(0)
  })

  test('zooms by a click and a button, and the arrow keys then move the picture', async () => {
    const anna = await site.actors.join('anna')
    const activity = await postsPictures(anna, 2)
    const tab = await browser.tab({ as: anna, viewport: PHONE })
    await opensDialog(tab, pageOf(activity))
    const width = async () => (await shown(tab).boundingBox())?.width ?? 0
    const left = async () => (await shown(tab).boundingBox())?.x ?? 0
    await expect.poll(width).toBe(360)
    await shown(tab).click()
    await expect.poll(width).toBe(1_280)
    const before = await left()
    await pressesKeys(tab, 'ArrowRight')
    await expect.poll(left).toBe(before - 80)
    const zoom = dialog(tab).getByRole('button', { name: 'Zoom' })
    expect(await zoom.getAttribute('aria-pressed')).toBe('true')
    await zoom.click()
    await expect.poll(width).toBe(360)
    await pressesKeys(tab, 'ArrowRight')
    await sees(tab, 2)
  })

  test('closes when the crud expires', async () => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const activity = await postsPictures(ben, 1, { ttl: '1-hour' })
    const tab = await browser.tab({ as: anna })
    await tab.page.clock.install()
    await opensDialog(tab, pageOf(activity))
    expect(await dialog(tab).locator('.fuse').isVisible()).toBe(true)
    await tab.page.clock.fastForward(3_600_000)
    await dialog(tab).waitFor({ state: 'detached' })
    await movesAnimations(tab, 3_600)
    await tab.doesNotSee(tab.page.getByRole('img', { name: 'Sunset' }))
  })

  test('gives way to the page if its code does not load', async () => {
    const anna = await site.actors.join('anna')
    const activity = await postsPictures(anna, 2)
    const tab = await browser.tab({ as: anna })
    tab.expectsError(/ImageDialog/)
    await tab.page.route('**/assets/ImageDialog-*', (route) => route.abort())
    await opensReady(tab, pageOf(activity))
    await link(tab, 2).click()
    await tab.sees(tab.heading('Picture 2 of 2'))
  })

  test('does not open over another page if its code comes late', async () => {
    const anna = await site.actors.join('anna')
    const activity = await postsPictures(anna, 1)
    const tab = await browser.tab({ as: anna, viewport: DESKTOP })
    const released = Promise.withResolvers<void>()
    await tab.page.route('**/assets/ImageDialog-*.js', async (route) => {
      await released.promise
      await route.continue()
    })
    await opensReady(tab, pageOf(activity))
    const requested = tab.page.waitForRequest('**/assets/ImageDialog-*.js')
    await link(tab, 1).click()
    const chunk = await requested
    await tab.goesTo('Notifications')
    await tab.sees(tab.heading('Notifications'))
    released.resolve()
    // Resolves after the code has run, in a frame after what it rendered.
    const frame = 'new Promise(requestAnimationFrame)'
    await tab.page.evaluate(`import('${chunk.url()}').then(() => ${frame}).then(() => ${frame})`)
    expect(await dialog(tab).count()).toBe(0)
  })

  test.each(SIZES)('has no accessibility problem on a %s', async (name, viewport) => {
    const anna = await site.actors.join('anna')
    const activity = await postsPictures(anna, 4)
    const tab = await browser.tab({ as: anna, viewport })
    await opensDialog(tab, pageOf(activity))
    await shown(tab).click({ trial: true })
    expect(await overflowingElements(tab)).toEqual([])
    expect(await smallTouchTargets(tab)).toEqual([])
    const hasNoViolation = async (part: string) => {
      for (const colorScheme of ['dark', 'light'] as const) {
        await tab.page.emulateMedia({ colorScheme })
        expect(await axeViolations(tab), colorScheme).toEqual([])
        await takesScreenshot(tab, `dialog${part}-${name}-${colorScheme}`)
      }
    }
    await hasNoViolation('')
    await pressesKeys(tab, 'ArrowRight')
    await sees(tab, 2)
    await takesScreenshot(tab, `dialog-tall-${name}`)
    await dialog(tab).getByRole('button', { name: 'Zoom' }).click()
    await hasNoViolation('-zoomed')
  })
})

test('an image whose address has ended on an open page is loaded from a new one', async () => {
  const anna = await site.actors.join('anna')
  const activity = await postsPictures(anna, 1)
  const tab = await browser.tab({ as: anna })
  const [{ url } = { url: '' }] = activity.images
  const reached = Promise.withResolvers<void>()
  tab.expects(410)
  await tab.page.route(`**${url}`, async (route) => {
    await reached.promise
    await route.fulfill({ status: 410 })
  })
  await tab.page.goto(pageOf(activity), { waitUntil: 'commit' })
  await tab.page.locator('dialog.shortcut-sheet').waitFor({ state: 'attached' })
  // So its address has another deadline from now on.
  await setExpiry(site.db, [activity.uuid], 600)
  reached.resolve()
  const image = tab.main.getByRole('img', { name: 'Sunset number 1' })
  await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(1_280)
  expect(await image.getAttribute('src')).not.toBe(url)
})

describe('under Save-Data by script', () => {
  test('a picture loads when it is opened, and the next one when it is come to', async () => {
    const anna = await site.actors.join('anna')
    const activity = await postsPictures(anna, 3)
    const tab = await browser.tab({ as: anna, extraHTTPHeaders: { 'save-data': 'on' } })
    await tab.page.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) }),
    )
    const loaded: string[] = []
    tab.page.on('request', (request) => {
      const index = activity.images.findIndex(({ url }) => request.url().includes(url.split('/')[3] ?? '-'))
      if (index >= 0) loaded.push(String(index + 1))
    })
    await opensDialog(tab, pageOf(activity), 2)
    await sees(tab, 2)
    // Once it is there, those beside it would have been asked for.
    await expect.poll(() => shown(tab).evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(0)
    expect(loaded).toEqual(['2'])
    await pressesKeys(tab, 'ArrowRight')
    await sees(tab, 3)
    await expect.poll(() => loaded).toEqual(['2', '3'])
  })
})

test('a picture that is opened after its address has ended is loaded from a new one, in the dialog and on its page', async () => {
  const anna = await site.actors.join('anna')
  const activity = await postsPictures(anna, 1, { warning: 'heights' })
  const [{ url } = { url: '' }] = activity.images
  const isLoaded = (image: Locator) => image.evaluate((element: HTMLImageElement) => element.naturalWidth === 1_280)
  const opensExpired = async (path: string, extraHTTPHeaders: Record<string, string> = {}) => {
    const tab = await browser.tab({ as: anna, extraHTTPHeaders })
    tab.expects(410)
    await tab.page.route(`**${url}`, (route) => route.fulfill({ status: 410 }))
    await opensReady(tab, path)
    return tab
  }
  const card = await opensExpired(pageOf(activity), { 'save-data': 'on' })
  const page = await opensExpired(`${pageOf(activity)}/photo/1`)
  // So its address has another deadline from now on.
  await setExpiry(site.db, [activity.uuid], 600)
  for (const tab of [card, page]) await tab.main.locator('summary', { hasText: 'heights' }).click()
  await link(card, 1).click()
  await expect.poll(() => isLoaded(shown(card))).toBe(true)
  await expect.poll(() => isLoaded(page.main.getByRole('img', { name: 'Sunset number 1' }))).toBe(true)
})

describe('without script', () => {
  test('a picture opens its page, which leads to the others and back; the alt texts are shown on request', async () => {
    const anna = await site.actors.join('anna')
    const activity = await postsPictures(anna, 3)
    const tab = await browser.tab({ javaScriptEnabled: false, viewport: PHONE })
    await tab.visits(pageOf(activity))
    const alts = tab.main.locator('details.alt li')
    expect(await alts.first().isVisible()).toBe(false)
    await tab.main.locator('summary', { hasText: 'Alt' }).click()
    expect(await alts.allInnerTexts()).toEqual([1, 2, 3].map((n) => `Sunset number ${n}, over a calm sea`))
    await link(tab, 1).click()
    await tab.sees(tab.heading('Picture 1 of 3'))
    await tab.follows('Next')
    await tab.sees(tab.heading('Picture 2 of 3'))
    await tab.sees(tab.main.getByRole('img', { name: 'Sunset number 2, over a calm sea' }))
    await tab.follows('Previous')
    await tab.sees(tab.heading('Picture 1 of 3'))
    await tab.follows('Close')
    await tab.comesTo(pageOf(activity))
  })

  test('nothing moves while pictures load, on a phone and on a desktop', async () => {
    const anna = await site.actors.join('anna')
    const screens: [string, Tab][] = []
    for (const [name, viewport] of SIZES) screens.push([name, await browser.tab({ viewport })])
    for (const count of [1, 2, 3, 4]) {
      const activity = await postsPictures(anna, count)
      for (const [what, path] of [
        ['grid', pageOf(activity)],
        ['image page', `${pageOf(activity)}/photo/${count}`],
      ] as const) {
        for (const [name, tab] of screens) {
          await tab.visits(path)
          expect(await layoutShift(tab), path).toBe(0)
          expect(await overflowingElements(tab)).toEqual([])
          await screenshots(tab, `${what}-${count}-${name}`)
        }
      }
    }
  })
})

/** The cumulative layout shift of the page until all pictures are loaded: https://web.dev/articles/cls. */
async function layoutShift(tab: Tab): Promise<number> {
  await tab.page.waitForFunction(() => document.images.length > 0 && [...document.images].every((one) => one.complete))
  return tab.page.evaluate(async () => {
    // What the last picture moved is known once it is painted.
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
    const entries = await new Promise<PerformanceEntryList>((resolve) => {
      const observer = new PerformanceObserver((list) => resolve(list.getEntriesByType('layout-shift')))
      observer.observe({ type: 'layout-shift', buffered: true })
      // It comes after those, and also on a page without any.
      observer.observe({ type: 'mark' })
      performance.mark('looked')
    })
    return entries.reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0)
  })
}
