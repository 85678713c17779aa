import type { Locator } from 'playwright-core'
import type { Tab } from './tab.ts'

/** The page's polite live region, which assistive tech reads. */
const liveRegion = (tab: Tab): Locator => tab.page.locator('p.visually-hidden[role=status]').last()

/** The newest announcement. */
export const lastAnnouncement = (tab: Tab): Promise<string | null> => liveRegion(tab).textContent()

/** Records what is announced from now on; returns a function that reads it, oldest first. */
export async function recordAnnouncements(tab: Tab): Promise<() => Promise<string[]>> {
  await liveRegion(tab).waitFor({ state: 'attached' })
  await liveRegion(tab).evaluate((element) => {
    const announced: string[] = []
    Object.assign(window, { announced })
    new MutationObserver(() => announced.push(element.textContent ?? '')).observe(element, {
      childList: true,
      characterData: true,
      subtree: true,
    })
  })
  return () => tab.page.evaluate(() => (window as unknown as { announced: string[] }).announced)
}
