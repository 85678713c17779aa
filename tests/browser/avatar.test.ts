import type { Locator } from 'playwright-core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { posts, reads, sendsMessage } from '../support/actors/actions.ts'
import { fetchImage, storedKeys } from '../support/actors/avatars.ts'
import { uniqueImage } from '../support/fixtures/images.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensPage, showsImage } from './support/navigation.ts'
import { descriptionOf, type Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const REFUSED = 'That is not a picture we can take. PNG, JPEG, WebP and GIF work.'
const FAKE = { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('<!doctype html><script>alert(1)</script>') }
const png = (buffer: Buffer) => ({ name: 'me.png', mimeType: 'image/png', buffer })

/** Twice as wide as it is high: red on the left, blue on the right. */
const redAndBlue = async () => {
  const blue = await sharp({ create: { width: 100, height: 100, channels: 3, background: '#0000ff' } })
    .png()
    .toBuffer()
  return sharp({ create: { width: 200, height: 100, channels: 3, background: '#ff0000' } })
    .composite([{ input: blue, left: 100, top: 0 }])
    .png()
    .toBuffer()
}

/** What colour each side of a served picture is. */
async function sidesOf(url: string): Promise<string[]> {
  const { bytes } = await fetchImage(site.origin, url)
  const [leftRed = 0, , leftBlue = 0, rightRed = 0, , rightBlue = 0] = await sharp(bytes)
    .removeAlpha()
    .resize(2, 1, { fit: 'fill' })
    .raw()
    .toBuffer()
  return [leftRed > leftBlue ? 'red' : 'blue', rightRed > rightBlue ? 'red' : 'blue']
}

const pictureIn = (tab: Tab) => tab.main.getByRole('region', { name: 'Picture' })
const chooses = (tab: Tab, file: ReturnType<typeof png>) => tab.main.getByLabel('Choose a picture').setInputFiles(file)
const varOf = (element: Locator, name: string) =>
  element.evaluate((it, property) => Number((it as HTMLElement).style.getPropertyValue(property)), name)

test('a picture is chosen, cropped with the keyboard, sent with its progress, and shows wherever one does', async () => {
  const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
  const words = `Words of ${anna.handle}`
  await posts(anna, words)
  await sendsMessage(anna, ben, 'psst')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/settings')
  expect(await tab.main.getByRole('button', { name: 'Use this picture' }).count()).toBe(0)
  await chooses(tab, png(await redAndBlue()))

  const frame = tab.main.getByRole('group', { name: /^Your picture\. Drag it, or use the arrow keys/ })
  const preview = frame.locator('img')
  await expect.poll(() => preview.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(200)
  expect(await varOf(preview, '--left')).toBe(-0.5)
  await frame.focus()
  await tab.page.keyboard.press('ArrowRight')
  await expect.poll(() => varOf(preview, '--left')).toBeCloseTo(-0.46)
  for (const _ of Array(13)) await tab.page.keyboard.press('ArrowRight')
  await expect.poll(() => varOf(preview, '--left')).toBeCloseTo(0)
  await tab.page.keyboard.press('Tab')
  await tab.page.keyboard.press('ArrowRight')
  await expect.poll(() => varOf(preview, '--width')).toBeCloseTo(2.1)

  await tab.page.route('**/api/profile/avatar', async (route) => {
    await tab.sees(tab.main.getByRole('progressbar', { name: 'Sending your picture' }))
    await route.continue()
  })
  await tab.presses('Use this picture')
  await tab.sees(pictureIn(tab).getByText('Saved.'))
  await tab.doesNotSee(tab.main.getByRole('progressbar'))
  const { avatar_url: url } = await reads(anna, '/api/profile')
  expect(await sidesOf(url)).toEqual(['red', 'red'])
  await showsImage(pictureIn(tab), url)
  await tab.goesTo('Profile')
  await tab.sees(tab.heading('Anna'))
  await showsImage(tab.main.locator('header'), url)
  await tab.goesTo('Home')
  await showsImage(tab.crud(words), url)
  await showsImage(tab.main.getByRole('form', { name: 'Your crud' }), url)

  const other = await browser.tab({ as: ben, viewport: PHONE })
  await other.opens('/?feed=everyone')
  await showsImage(other.crud(words), url)
  await other.goesTo('Messages, 1 new')
  const row = other.main.getByRole('list', { name: 'Conversations' }).getByRole('link')
  await showsImage(row, url)
  await row.click()
  await other.sees(other.main.getByText('psst'))
  await showsImage(other.main.locator('header'), url)
})

test('uncropped, the middle is taken; a new picture takes its place, and removing brings back the star', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/settings')
  const hasStar = () => pictureIn(tab).locator('svg.avatar').isVisible()
  expect(await hasStar()).toBe(true)
  await chooses(tab, png(await uniqueImage()))
  await tab.presses('Cancel')
  expect(await hasStar()).toBe(true)

  for (const buffer of [await uniqueImage(), await redAndBlue()]) {
    const { avatar_url: before } = await reads(anna, '/api/profile')
    await chooses(tab, png(buffer))
    await tab.presses('Use this picture')
    await tab.sees(pictureIn(tab).getByText('Saved.'))
    await expect.poll(async () => (await reads(anna, '/api/profile')).avatar_url).not.toBe(before)
  }
  const { avatar_url: url } = await reads(anna, '/api/profile')
  expect(await sidesOf(url)).toEqual(['red', 'blue'])
  await showsImage(pictureIn(tab), url)

  await tab.presses('Remove picture')
  await expect.poll(hasStar).toBe(true)
  expect((await reads(anna, '/api/profile')).avatar_url).toBe(null)
  await tab.page.getByRole('link', { name: 'Your profile' }).click()
  await tab.sees(tab.heading('Anna'))
  // Beside the page others may have theirs.
  const folder = url.slice(0, url.lastIndexOf('/'))
  expect(await tab.page.locator(`img[src^="${folder}"]`).count()).toBe(0)
})

test('HTML that is called a picture is refused with a sentence, and nothing is stored', async () => {
  const anna = await site.actors.join('anna')
  const before = await storedKeys(site)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/settings')
  tab.expects(422)
  await chooses(tab, FAKE)
  await tab.presses('Use this picture')
  await tab.sees(REFUSED)
  expect(await descriptionOf(tab.main.getByLabel('Choose a picture'))).toContain(REFUSED)
  expect(await storedKeys(site)).toEqual(before)

  await chooses(tab, png(await uniqueImage()))
  await tab.presses('Use this picture')
  await tab.sees(pictureIn(tab).getByText('Saved.'))
  await tab.doesNotSee(REFUSED)
})

test('a picture that does not arrive can be sent again', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/settings')
  await chooses(tab, png(await uniqueImage()))
  await tab.page.route('**/api/profile/avatar', (route) => route.abort('aborted'))
  await tab.presses('Use this picture')
  await tab.sees('We cannot reach our cruds just now. Try again in a moment.')
  await tab.page.unroute('**/api/profile/avatar')
  await tab.presses('Use this picture')
  await tab.sees(pictureIn(tab).getByText('Saved.'))
})

test('without script, a picture is sent by a form, refused when it is none, and removed', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await opensPage(tab, '/settings', false)
  tab.expects(422)
  await chooses(tab, FAKE)
  await tab.presses('Use this picture')
  await tab.sees(tab.heading('Your picture'))
  expect(await descriptionOf(tab.main.getByLabel('Choose a picture'))).toContain(REFUSED)

  await chooses(tab, png(await redAndBlue()))
  await tab.presses('Use this picture')
  await tab.sees(pictureIn(tab).getByText('Saved.'))
  const { avatar_url: url } = await reads(anna, '/api/profile')
  expect(await sidesOf(url)).toEqual(['red', 'blue'])
  await showsImage(pictureIn(tab), url)

  await tab.presses('Remove picture')
  await tab.sees(pictureIn(tab).getByText('Saved.'))
  expect((await reads(anna, '/api/profile')).avatar_url).toBe(null)
  expect(await pictureIn(tab).locator('img').count()).toBe(0)
})
