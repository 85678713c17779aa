import type { Locator } from 'playwright-core'
import sharp from 'sharp'
import { expect } from 'vitest'
import type { Tab } from './tab.ts'

export type ImageFile = { name: string; mimeType: string; buffer: Buffer }

/** A photo of one colour. */
export async function photo(name = 'photo.jpg', width = 900, height = 600, r = 120): Promise<ImageFile> {
  const background = { r, g: 90, b: 160 }
  const buffer = await sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer()
  return { name, mimeType: 'image/jpeg', buffer }
}

export const photos = (count: number): Promise<ImageFile[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => photo(`${n}.jpg`, 900 + 100 * n, 600, 60 * n)))

/** The input that opens the file picker. Its form's own code replaces the fields without script. */
export const picker = (scope: Locator): Locator => scope.locator('input[type=file][multiple]')

/** The descriptions of the images in a form. */
export const descriptions = (scope: Locator): Locator => scope.getByLabel(/^Description of picture \d$/)

/** Chooses files, and waits until they are uploaded. */
export async function addsImages(tab: Tab, files: ImageFile[], scope: Locator = tab.main): Promise<void> {
  // Until the page has script, its four fields without script would count as descriptions.
  await picker(scope).waitFor({ state: 'attached' })
  const before = await descriptions(scope).count()
  await picker(scope).setInputFiles(files)
  await expect.poll(() => descriptions(scope).count()).toBe(before + files.length)
  await uploaded(scope)
}

/** Waits until nothing is being uploaded. */
export async function uploaded(scope: Locator): Promise<void> {
  await expect.poll(() => scope.getByRole('progressbar').count()).toBe(0)
}

/** Describes the images of a form in order. */
export async function describesImages(scope: Locator, alts: readonly string[]): Promise<void> {
  for (const [i, alt] of alts.entries()) {
    await scope.getByLabel(`Description of picture ${i + 1}`, { exact: true }).fill(alt)
  }
}

/** For a look with one's own eyes: saves the page in both themes to the folder SCREENS, if that is set. */
export async function screenshots(tab: Tab, name: string): Promise<void> {
  const { SCREENS } = process.env
  if (!SCREENS) return
  for (const colorScheme of ['dark', 'light'] as const) {
    await tab.page.emulateMedia({ colorScheme })
    await tab.page.screenshot({ path: `${SCREENS}/${name}-${colorScheme}.png`.replaceAll(' ', '-'), fullPage: true })
  }
}
