import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Tab } from './tab.ts'

/** For `test.each`: what a person does has to work both ways. */
export const WITH_AND_WITHOUT_SCRIPT = [
  ['with script', true],
  ['without script', false],
] as const

/** A place of the navigation by its whole name: "Messages", or "Messages, 1 new". */
export const navLink = (tab: Tab, name: string): Locator =>
  tab.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true })

/** Turns to a tab again: what it asks for now and then is asked for at once. */
export async function refocusesTab(tab: Tab): Promise<void> {
  await tab.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
}

/** Opens a page, with script or without: with it, until that has taken over. */
export async function opensPage(tab: Tab, path: string, scripted = true): Promise<void> {
  await (scripted ? tab.opens(path) : tab.visits(path))
}

/** Waits until the only picture in a place has come; its address has to be `url`. */
export async function showsImage(where: Locator, url: string): Promise<void> {
  const image = where.locator('img')
  await expect.poll(() => image.getAttribute('src')).toBe(url)
  await expect.poll(() => image.evaluate((it: HTMLImageElement) => it.complete && it.naturalWidth)).toBe(512)
}
