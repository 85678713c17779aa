import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Tab } from './tab.ts'

/** What a person does has to work both ways. */
export const WAYS = [
  ['with script', true],
  ['without script', false],
] as const

/** What is expected to come true while one waits, as long as a tab waits for what it shows. */
export const soon = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 8_000 })

/** A place of the navigation by its whole name: "Messages", or "Messages, 1 new". */
export const place = (tab: Tab, name: string): Locator =>
  tab.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true })

/** Turns to a tab again: what it asks for now and then is asked for at once. */
export async function turnsTo(tab: Tab): Promise<void> {
  await tab.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
}

/** Opens a page, with script or without. */
export async function arrives(tab: Tab, path: string, scripted: boolean): Promise<void> {
  await (scripted ? tab.opens(path) : tab.visits(path))
}

/** Waits until the only picture in a place has come; its address has to be `url`. */
export async function showsPicture(where: Locator, url: string): Promise<void> {
  const image = where.locator('img')
  await soon(() => image.getAttribute('src')).toBe(url)
  await soon(() => image.evaluate((it: HTMLImageElement) => it.complete && it.naturalWidth)).toBe(512)
}
