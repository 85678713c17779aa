import type { Locator } from 'playwright-core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { posts, reads, sendsMessage } from '../support/actors/actions.ts'
import { fetchImage, storedKeys } from '../support/actors/avatars.ts'
import { haveMet } from '../support/fixtures/have-met.ts'
import { uniqueImage } from '../support/fixtures/images.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensPage, showsImage } from './support/navigation.ts'
import { descriptionOf, type Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const REJECTED = 'We can’t use that file. Choose a PNG, JPEG, WebP or GIF.'
const HTML_AS_PNG = {
  name: 'me.png',
  mimeType: 'image/png',
  buffer: Buffer.from('<!doctype html><script>alert(1)</script>'),
}
const png = (buffer: Buffer) => ({ name: 'me.png', mimeType: 'image/png', buffer })

/** Encodes an image twice as wide as high: red on the left, blue on the right. */
const redAndBlue = async () => {
  const blue = await sharp({ create: { width: 100, height: 100, channels: 3, background: '#0000ff' } })
    .png()
    .toBuffer()
  return sharp({ create: { width: 200, height: 100, channels: 3, background: '#ff0000' } })
    .composite([{ input: blue, left: 100, top: 0 }])
    .png()
    .toBuffer()
}

/** The colours of the left and right half of a served image. */
async function sidesOf(url: string): Promise<string[]> {
  const { bytes } = await fetchImage(site.origin, url)
  const [leftRed = 0, , leftBlue = 0, rightRed = 0, , rightBlue = 0] = await sharp(bytes)
    .removeAlpha()
    .resize(2, 1, { fit: 'fill' })
    .raw()
    .toBuffer()
  return [leftRed > leftBlue ? 'red' : 'blue', rightRed > rightBlue ? 'red' : 'blue']
}

const pictureSection = (tab: Tab) => tab.main.getByRole('region', { name: 'Picture' })
const choosesFile = (tab: Tab, file: ReturnType<typeof png>) =>
  tab.main.getByLabel('Choose a picture').setInputFiles(file)
const cssVariable = (element: Locator, name: string) =>
  element.evaluate((element, property) => Number((element as HTMLElement).style.getPropertyValue(property)), name)

test('uploads a picture cropped with the keyboard, shows the progress, and shows the picture wherever the user appears', async () => {
  const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
  const text = `Words of ${anna.handle}`
  await posts(anna, text)
  await haveMet(site.db, anna, ben)
  await sendsMessage(anna, ben, 'psst')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/settings')
  expect(await tab.main.getByRole('button', { name: 'Use this picture' }).count()).toBe(0)
  await choosesFile(tab, png(await redAndBlue()))

  const frame = tab.main.getByRole('group', { name: /^Your picture\. Drag it, or use the arrow keys/ })
  const preview = frame.locator('img')
  await expect.poll(() => preview.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(200)
  await expect.poll(() => cssVariable(preview, '--left')).toBe(-0.5)
  await frame.focus()
  await tab.page.keyboard.press('ArrowRight')
  await expect.poll(() => cssVariable(preview, '--left')).toBeCloseTo(-0.46)
  for (const _ of Array(13)) await tab.page.keyboard.press('ArrowRight')
  await expect.poll(() => cssVariable(preview, '--left')).toBeCloseTo(0)
  await tab.page.keyboard.press('Tab')
  await tab.page.keyboard.press('ArrowRight')
  await expect.poll(() => cssVariable(preview, '--width')).toBeCloseTo(2.1)

  await tab.page.route('**/api/profile/avatar', async (route) => {
    await tab.sees(tab.main.getByRole('progressbar', { name: 'Sending your picture' }))
    await route.continue()
  })
  await tab.presses('Use this picture')
  await tab.sees(pictureSection(tab).getByText('Saved.'))
  await tab.doesNotSee(tab.main.getByRole('progressbar'))
  const { avatar_url: url } = await reads(anna, '/api/profile')
  expect(await sidesOf(url)).toEqual(['red', 'red'])
  await showsImage(pictureSection(tab), url)
  await tab.goesTo('Profile')
  await tab.sees(tab.heading('Anna'))
  await showsImage(tab.main.locator('header'), url)
  await tab.goesTo('Home')
  await showsImage(tab.crud(text), url)
  await showsImage(tab.main.getByRole('form', { name: 'Your crud' }), url)

  const benTab = await browser.tab({ as: ben, viewport: PHONE })
  await benTab.opens('/?feed=everyone')
  await showsImage(benTab.crud(text), url)
  await benTab.goesTo('Messages, 1 new')
  const row = benTab.main.getByRole('list', { name: 'Conversations' }).getByRole('link')
  await showsImage(row, url)
  await row.click()
  await benTab.sees(benTab.main.getByText('psst'))
  await showsImage(benTab.main.locator('header'), url)
})

test('crops to the middle by default; a new picture replaces the old one, and removing it shows the star again', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/settings')
  const hasStar = () => pictureSection(tab).locator('svg.avatar').isVisible()
  expect(await hasStar()).toBe(true)
  await choosesFile(tab, png(await uniqueImage()))
  await tab.presses('Cancel')
  await expect.poll(hasStar).toBe(true)

  for (const buffer of [await uniqueImage(), await redAndBlue()]) {
    const { avatar_url: before } = await reads(anna, '/api/profile')
    await choosesFile(tab, png(buffer))
    await tab.presses('Use this picture')
    await tab.sees(pictureSection(tab).getByText('Saved.'))
    await expect.poll(async () => (await reads(anna, '/api/profile')).avatar_url).not.toBe(before)
  }
  const { avatar_url: url } = await reads(anna, '/api/profile')
  expect(await sidesOf(url)).toEqual(['red', 'blue'])
  await showsImage(pictureSection(tab), url)

  await tab.presses('Remove picture')
  await expect.poll(hasStar).toBe(true)
  expect((await reads(anna, '/api/profile')).avatar_url).toBe(null)
  await tab.opensOwnProfile()
  await tab.sees(tab.heading('Anna'))
  // Only hers: suggested users in the sidebar may have avatars of their own.
  const folder = url.slice(0, url.lastIndexOf('/'))
  expect(await tab.page.locator(`img[src^="${folder}"]`).count()).toBe(0)
})

test('refuses HTML and a broken picture when they are chosen, and stores nothing', async () => {
  const anna = await site.actors.join('anna')
  const before = await storedKeys(site)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/settings')
  await choosesFile(tab, HTML_AS_PNG)
  await tab.sees(REJECTED)
  expect(await descriptionOf(tab.main.getByLabel('Choose a picture'))).toContain(REJECTED)
  expect(await tab.main.getByRole('button', { name: 'Use this picture' }).count()).toBe(0)
  expect(await storedKeys(site)).toEqual(before)

  const image = await uniqueImage()
  await choosesFile(tab, png(image.subarray(0, image.length - 20)))
  await tab.sees('This picture is damaged. Please try another.')
  await tab.doesNotSee(REJECTED)
  await choosesFile(tab, png(image))
  await tab.sees(tab.main.getByRole('button', { name: 'Use this picture' }))
  await tab.doesNotSee('This picture is damaged. Please try another.')
  await tab.presses('Use this picture')
  await tab.sees(pictureSection(tab).getByText('Saved.'))
})

test('a refused picture loses its error when another is chosen', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/settings')
  await tab.page.route('**/api/profile/avatar', (route) =>
    route.fulfill({ status: 422, json: { errors: [{ code: 'avatar_damaged' }], request_id: '' } }),
  )
  tab.expects(422)
  await choosesFile(tab, png(await uniqueImage()))
  await tab.presses('Use this picture')
  await tab.sees('This picture is damaged. Please try another.')
  await choosesFile(tab, png(await uniqueImage()))
  await tab.doesNotSee('This picture is damaged. Please try another.')
})

test('a failed upload can be retried', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/settings')
  await choosesFile(tab, png(await uniqueImage()))
  await tab.page.route('**/api/profile/avatar', (route) => route.abort('aborted'))
  await tab.presses('Use this picture')
  await tab.sees('Cruddur can’t be reached right now. Try again in a moment.')
  await tab.page.unroute('**/api/profile/avatar')
  await tab.presses('Use this picture')
  await tab.sees(pictureSection(tab).getByText('Saved.'))
})

test('without script, a form uploads a picture, rejects HTML, and removes the picture', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await opensPage(tab, '/settings', false)
  tab.expects(422)
  await choosesFile(tab, HTML_AS_PNG)
  await tab.presses('Use this picture')
  await tab.sees(tab.heading('Your picture'))
  expect(await descriptionOf(tab.main.getByLabel('Choose a picture'))).toContain(REJECTED)

  await choosesFile(tab, png(await redAndBlue()))
  await tab.presses('Use this picture')
  await tab.sees(pictureSection(tab).getByText('Saved.'))
  const { avatar_url: url } = await reads(anna, '/api/profile')
  expect(await sidesOf(url)).toEqual(['red', 'blue'])
  await showsImage(pictureSection(tab), url)

  await tab.presses('Remove picture')
  await tab.sees(pictureSection(tab).getByText('Saved.'))
  expect((await reads(anna, '/api/profile')).avatar_url).toBe(null)
  expect(await pictureSection(tab).locator('img').count()).toBe(0)
})
