import { cookiesOf, launchChromium } from '../../tests/browser/support/chromium.ts'
import type { Actor } from '../../tests/support/actors/actors.ts'

/** A browser tab that stays open while versions change: its script is that of the version it was opened from. */
export type OpenTab = {
  /** Posts an activity without reloading, and opens a page that was not loaded before. Returns what failed. */
  use(): Promise<string[]>
  close(): Promise<void>
}

/** Links to pages whose modules are not loaded yet. */
const UNSEEN = ['About', 'Privacy', 'Terms']
const PATIENCE = 15_000

/** Opens the home page, signed in, and waits until its script runs. */
export async function openTab(person: Actor): Promise<OpenTab> {
  const browser = await launchChromium()
  const context = await browser.newContext({ baseURL: person.origin, extraHTTPHeaders: person.headers })
  context.setDefaultTimeout(PATIENCE)
  await context.addCookies(cookiesOf(person))
  const page = await context.newPage()
  const composer = page.getByRole('textbox', { name: 'Your crud', exact: true })
  const wrong: string[] = []
  page.on('response', (response) => {
    if (response.status() >= 500) wrong.push(`${new URL(response.url()).pathname} answered ${response.status()}`)
  })
  await page.goto('/', { waitUntil: 'networkidle' })
  let used = 0

  async function crud(): Promise<void> {
    used += 1
    const text = `From a tab that was open, ${used}`
    // Marks the document, to see whether it was reloaded.
    await page.evaluate('window.wasOpen = true')
    await composer.fill(text)
    await page.getByRole('button', { name: 'Crud', exact: true }).click()
    await page.getByRole('main').getByText(text).waitFor()
    if (!(await page.evaluate('window.wasOpen'))) wrong.push('posting an activity reloaded the page')
  }

  async function goOn(): Promise<void> {
    const name = UNSEEN[(used - 1) % UNSEEN.length] ?? ''
    await page.getByRole('link', { name, exact: true }).first().click()
    await page.getByRole('heading', { level: 1 }).filter({ hasText: name }).waitFor()
    await page.getByRole('link', { name: 'Home', exact: true }).first().click()
    await composer.waitFor()
    await page.waitForLoadState('networkidle')
  }

  return {
    async use() {
      try {
        await crud()
        await goOn()
      } catch (error) {
        wrong.push((error as Error).message.split('\n')[0] ?? 'it broke')
      }
      return wrong.splice(0)
    },
    close: () => browser.close(),
  }
}
