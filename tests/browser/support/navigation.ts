import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Tab } from './tab.ts'

/** For `test.each`: every action has to work both ways. */
export const WITH_AND_WITHOUT_SCRIPT = [
  ['with script', true],
  ['without script', false],
] as const

/** A link of the main navigation by its whole name: "Messages", or "Messages, 1 new". */
export const navLink = (tab: Tab, name: string): Locator =>
  tab.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true })

/** Makes the tab believe that the user came back to it, so that it polls at once. */
export async function refocusesTab(tab: Tab): Promise<void> {
  await tab.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
}

/** Opens a page; with script it also waits for hydration. */
export async function opensPage(tab: Tab, path: string, scripted = true): Promise<void> {
  await (scripted ? tab.opens(path) : tab.visits(path))
}

/**
 * Leaves what a page asks the API for unanswered from now on. A poll would be refused, or show early what a test changes elsewhere.
 */
export async function holdsRequests(tab: Tab, url = '**/api/**'): Promise<void> {
  await tab.page.route(url, () => {})
}

/** Waits until the only image within an element is loaded from `url`. */
export async function showsImage(container: Locator, url: string): Promise<void> {
  const image = container.locator('img')
  await expect.poll(() => image.getAttribute('src')).toBe(url)
  await expect
    .poll(() => image.evaluate((element: HTMLImageElement) => element.complete && element.naturalWidth))
    .toBe(512)
}
