import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Tab } from './tab.ts'

/** So many stops are more than anybody wants to pass on a page. */
const TOO_FAR = 90

/** What has the focus is called. */
export const focusedName = (tab: Tab): Promise<string> =>
  tab.page.evaluate(() => {
    const { activeElement } = document
    return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? ''
  })

export const hasFocus = (what: Locator): Promise<boolean> =>
  what.evaluateAll((elements) => elements.some((element) => element === document.activeElement))

/** Waits until this, or something in it, has the focus. */
export async function seesFocus(what: Locator): Promise<void> {
  const isThere = () => what.evaluateAll((them) => them.some((element) => element.matches(':focus, :focus-within')))
  await expect.poll(isThere).toBe(true)
}

/** Presses keys, one after the other: "j", "Shift+Tab". */
export async function pressesKeys(tab: Tab, ...keys: string[]): Promise<void> {
  for (const key of keys) await tab.page.keyboard.press(key)
}

/** Presses Tab once, and tells where that leads. */
export async function nextFocus(tab: Tab): Promise<string> {
  await pressesKeys(tab, 'Tab')
  return focusedName(tab)
}

/** Presses Tab until this has the focus. */
export async function tabsTo(tab: Tab, what: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await what.first().waitFor()
  for (let stops = 0; stops < TOO_FAR; stops += 1) {
    await pressesKeys(tab, key)
    if (await hasFocus(what)) return
  }
  expect.fail(`${key} does not lead to ${what}, from where it was pressed ${TOO_FAR} times`)
}

/** The same, and presses Enter there. */
export async function tabsToAndPressesEnter(tab: Tab, what: Locator, key?: 'Tab' | 'Shift+Tab'): Promise<void> {
  await tabsTo(tab, what, key)
  await pressesKeys(tab, 'Enter')
}
