import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { postImages, uploads } from '../support/actors/images.ts'
import { expectStatus } from '../support/assertions/expect-answer.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'

const site = await openSite({ liftLimits: true })
const browser = await openBrowser(site)

const picture = (width: number, height: number, r: number) =>
  sharp({ create: { width, height, channels: 3, background: { r, g: 120, b: 160 } } })
    .jpeg()
    .toBuffer()

describe.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
] as const)('on a %s', (name, viewport) => {
  test.each([1, 2, 3, 4])('%i images are shown without script, and nothing moves while they load', async (count) => {
    const anna = await site.actors.join('anna')
    const uploaded = await Promise.all(
      Array.from({ length: count }, async (_, n) => uploads(anna, await picture(900 + n * 50, 600, n * 60))),
    )
    const uuids = uploaded.map(({ uuid }) => uuid)
    const { uuid } = expectStatus(await postImages(anna, uuids, 'a harbour at dusk'), 201).body
    const { page } = await browser.tab({ javaScriptEnabled: false, viewport })
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route('**/media/images/**', async (route) => {
      await held
      await route.continue()
    })
    await page.goto(`/@${anna.handle}/status/${uuid}`, { waitUntil: 'domcontentloaded' })
    const actions = page.locator('article .actions').first()
    const before = await actions.boundingBox()
    release()
    const images = page.getByRole('img', { name: 'a harbour at dusk' })
    await expect.poll(() => images.count()).toBe(count)
    await page.waitForLoadState('load')
    expect(await actions.boundingBox()).toEqual(before)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(viewport.width)
    if (process.env.SCREENS) await page.screenshot({ path: `${process.env.SCREENS}/images-${name}-${count}.png` })
  })
})
