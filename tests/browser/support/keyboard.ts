import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Tab } from './tab.ts'

/** Tab stops after which the search for an element ends. */
const MAX_TAB_STOPS = 90

/** The name of the focused element. */
export const focusedName = (tab: Tab): Promise<string> =>
  tab.page.evaluate(() => {
    const { activeElement } = document
    return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? ''
  })

export const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluateAll((elements) => elements.some((element) => element === document.activeElement))

/** Waits until an element, or one within it, has the focus. */
export async function seesFocus(target: Locator): Promise<void> {
  const isFocused = () =>
    target.evaluateAll((elements) => elements.some((element) => element.matches(':focus, :focus-within')))
  await expect.poll(isFocused).toBe(true)
}

/** Presses keys, one after the other: "j", "Shift+Tab". */
export async function pressesKeys(tab: Tab, ...keys: string[]): Promise<void> {
  for (const key of keys) await tab.page.keyboard.press(key)
}

/** Presses Tab once; returns the name of the element that has the focus then. */
export async function nextFocus(tab: Tab): Promise<string> {
  await pressesKeys(tab, 'Tab')
  return focusedName(tab)
}

/** Presses Tab until an element has the focus. */
export async function tabsTo(tab: Tab, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.first().waitFor()
  for (let stops = 0; stops < MAX_TAB_STOPS; stops += 1) {
    await pressesKeys(tab, key)
    if (await hasFocus(target)) return
  }
  expect.fail(`${key} does not reach ${target}, though it was pressed ${MAX_TAB_STOPS} times`)
}

/** Presses Tab until an element has the focus, then Enter. */
export async function tabsToAndPressesEnter(tab: Tab, target: Locator, key?: 'Tab' | 'Shift+Tab'): Promise<void> {
  await tabsTo(tab, target, key)
  await pressesKeys(tab, 'Enter')
}
