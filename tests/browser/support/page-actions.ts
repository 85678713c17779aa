import type { Locator } from 'playwright-core'
import type { Tab } from './tab.ts'

/** A text that no other test has. */
export const uniqueText = (text: string) => `${text} ${crypto.randomUUID().slice(0, 8)}`

/** Reloads the document. */
export async function reloads(tab: Tab): Promise<void> {
  await tab.page.reload()
}

/** The buttons that toggle. */
export type ReactionName = 'Like' | 'Repost'

/** Presses Like or Repost, whatever its count. */
export async function pressesReaction(tab: Tab, message: string, reaction: ReactionName): Promise<void> {
  await reactionButton(tab, message, reaction).click()
}

export const reactionButton = (tab: Tab, message: string, reaction: ReactionName): Locator =>
  tab.crud(message).getByRole('button', { name: new RegExp(`^${reaction}(,|$)`) })

/** Waits until the button is pressed, or not, and shows this count. */
export async function seesReaction(
  tab: Tab,
  message: string,
  reaction: ReactionName,
  isPressed: boolean,
  count: number,
): Promise<void> {
  const name = count === 0 ? reaction : `${reaction}, ${count}`
  await tab.sees(tab.crud(message).getByRole('button', { name, exact: true, pressed: isPressed }))
}

/** Waits until a new activity is saved: it shows before, but has no link to its page until then. */
export async function seesSaved(tab: Tab, message: string): Promise<void> {
  await tab.sees(tab.crud(message).getByRole('link', { name: 'Open,' }))
}

/** The toast with this text. */
export const toast = (tab: Tab, text: string): Locator => tab.page.getByRole('status').getByText(text, { exact: true })

/** Those of the texts that the page shows, in its order. */
export async function visibleTexts(tab: Tab, texts: readonly string[], within: Locator = tab.main): Promise<string[]> {
  const pattern = new RegExp(texts.map((text) => `^${text.replaceAll(/[?.]/g, '\\$&')}$`).join('|'))
  return (await within.getByText(pattern).allTextContents()).map((text) => text.trim())
}

/** Opens the menu of an activity; without script its page. */
export async function opensActivityMenu(tab: Tab, message: string, scripted = true): Promise<void> {
  // The shortcut sheet is loaded together with the menus.
  if (scripted) await tab.page.locator('dialog.shortcut-sheet').waitFor({ state: 'attached' })
  await tab.crud(message).getByRole('link', { name: 'More', exact: true }).click()
}

/** Chooses an item of an activity's menu. */
export async function choosesFromMenu(tab: Tab, message: string, item: RegExp, scripted = true): Promise<void> {
  await opensActivityMenu(tab, message, scripted)
  if (scripted) await tab.page.getByRole('menuitem', { name: item }).click()
  else
    await tab.main
      .getByRole('link', { name: item })
      .or(tab.main.getByRole('button', { name: item }))
      .click()
}

/** Opens the menu on a user's profile. */
export async function opensMenu(tab: Tab, handle: string): Promise<void> {
  await tab.main.getByLabel(`More about @${handle}`, { exact: true }).click()
}

/** The row of a user in a list. */
export const userRow = (list: Locator, handle: string): Locator =>
  list.getByRole('listitem').filter({ hasText: `@${handle}` })
