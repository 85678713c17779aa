import type { Tab } from './tab.ts'

/** The address of a conversation. */
export const CONVERSATION = /^\/messages\/[0-9a-f-]{36}$/

/** What was said, from the top: "You: hi". */
export const messagesShown = (tab: Tab): Promise<string[]> =>
  tab.main
    .getByRole('region', { name: 'What was said' })
    .getByRole('listitem')
    .evaluateAll((items) =>
      items.map((it) => (it.textContent ?? '').replace(it.querySelector('time')?.textContent ?? '', '')),
    )

/** Writes to the person whose conversation this is. */
export async function sends(tab: Tab, to: string, message: string): Promise<void> {
  await tab.fills({ [`Message to ${to}`]: message })
  await tab.presses('Send')
}
