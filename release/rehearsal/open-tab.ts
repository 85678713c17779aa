import { cookiesOf, launchChromium } from '../../tests/browser/support/chromium.ts'
import type { Actor } from '../../tests/support/actors/actors.ts'

/** A browser tab that stays open while versions change: its script is that of the version it was opened from. */
export type OpenTab = {
  /** Posts an activity without reloading, and opens a page that was not loaded before. Returns what failed. */
  use(): Promise<string[]>
  close(): Promise<void>
}

/** Names of links to pages whose modules are not loaded yet. */
const UNSEEN = ['About', 'Privacy', 'Terms']
const TIMEOUT_MS = 15_000

/** Opens the home page, signed in, and waits until its script runs. */
export async function openTab(person: Actor): Promise<OpenTab> {
  const browser = await launchChromium()
  const context = await browser.newContext({ baseURL: person.origin, extraHTTPHeaders: person.headers })
  context.setDefaultTimeout(TIMEOUT_MS)
  await context.addCookies(cookiesOf(person))
  const page = await context.newPage()
  const composer = page.getByRole('textbox', { name: 'Your crud', exact: true })
  const failures: string[] = []
  page.on('response', (response) => {
    if (response.status() >= 500) failures.push(`${new URL(response.url()).pathname} answered ${response.status()}`)
  })
  await page.goto('/', { waitUntil: 'networkidle' })
  let uses = 0

  async function postActivity(): Promise<void> {
    uses += 1
    const text = `From a tab that was open, ${uses}`
    // Marks the document, to see whether it was reloaded.
    await page.evaluate('window.wasOpen = true')
    await composer.fill(text)
    await page.getByRole('button', { name: 'Crud', exact: true }).click()
    await page.getByRole('main').getByText(text).waitFor()
    if (!(await page.evaluate('window.wasOpen'))) failures.push('posting an activity reloaded the page')
  }

  async function openUnseenPage(): Promise<void> {
    const name = UNSEEN[(uses - 1) % UNSEEN.length] ?? ''
    await page.getByRole('link', { name, exact: true }).first().click()
    await page.getByRole('heading', { level: 1 }).filter({ hasText: name }).waitFor()
    await page.getByRole('link', { name: 'Home', exact: true }).first().click()
    await composer.waitFor()
    await page.waitForLoadState('networkidle')
  }

  return {
    async use() {
      try {
        await postActivity()
        await openUnseenPage()
      } catch (error) {
        failures.push((error as Error).message.split('\n')[0] ?? 'it broke')
      }
      return failures.splice(0)
    },
    close: () => browser.close(),
  }
}
