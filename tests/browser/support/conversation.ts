import type { Tab } from './tab.ts'

/** The path of a conversation. */
export const CONVERSATION = /^\/messages\/[0-9a-f-]{36}$/

/** The messages from the top, as "You: hi"; "You: hiSending" while one is sent. */
export const messagesShown = (tab: Tab): Promise<string[]> =>
  tab.main
    .getByRole('region', { name: 'Messages' })
    .getByRole('listitem')
    .evaluateAll((items) =>
      items.map((item) =>
        [...item.querySelectorAll(':scope > :not(details)')].map(({ textContent }) => textContent).join(''),
      ),
    )

/** Sends a message in the open conversation. */
export async function sends(tab: Tab, to: string, message: string): Promise<void> {
  await tab.fills({ [`Message to ${to}`]: message })
  await tab.presses('Send')
}
