import type { Locator } from 'playwright-core'
import type { Tab } from './tab.ts'

/** Words that no other test has. */
export const uniqueText = (words: string) => `${words} ${crypto.randomUUID().slice(0, 8)}`

/** Loads the document again, as somebody does who wants to see what is new. */
export async function reloads(tab: Tab): Promise<void> {
  await tab.page.reload()
}

/** What can be done to a crud and undone. */
export type ReactionName = 'Like' | 'Repost'

/** Presses like or repost, whatever is counted there. */
export async function pressesReaction(tab: Tab, message: string, deed: ReactionName): Promise<void> {
  await reactionButton(tab, message, deed).click()
}

export const reactionButton = (tab: Tab, message: string, deed: ReactionName): Locator =>
  tab.crud(message).getByRole('button', { name: new RegExp(`^${deed}(,|$)`) })

/** Waits until the button is pressed or not, and says how many have done it. */
export async function seesReaction(
  tab: Tab,
  message: string,
  deed: ReactionName,
  on: boolean,
  count: number,
): Promise<void> {
  const name = count === 0 ? deed : `${deed}, ${count}`
  await tab.sees(tab.crud(message).getByRole('button', { name, exact: true, pressed: on }))
}

/** Waits until the server has taken what one said: it shows before that, and leads nowhere until then. */
export async function seesSaved(tab: Tab, message: string): Promise<void> {
  await tab.sees(tab.crud(message).getByRole('link', { name: 'Open,' }))
}

/** The sentence at the foot of the window. */
export const toast = (tab: Tab, text: string): Locator => tab.page.getByRole('status').getByText(text, { exact: true })

/** Which of these texts the page shows, in the order in which they stand there. */
export async function visibleTexts(tab: Tab, texts: readonly string[], within: Locator = tab.main): Promise<string[]> {
  const any = new RegExp(texts.map((text) => `^${text.replaceAll(/[?.]/g, '\\$&')}$`).join('|'))
  return (await within.getByText(any).allTextContents()).map((text) => text.trim())
}

/** Opens the menu of the person whose page this is. */
export async function opensMenu(tab: Tab, handle: string): Promise<void> {
  await tab.main.getByLabel(`More about @${handle}`, { exact: true }).click()
}

/** A person in the list of people that the page is, or has. */
export const userRow = (list: Locator, handle: string): Locator =>
  list.getByRole('listitem').filter({ hasText: `@${handle}` })
