import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, expect } from 'vitest'
import type { Site } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { cookiesOf, launchChromium, NO_GPU_IMITATION } from './chromium.ts'
import { PageErrors } from './page-errors.ts'
import { Tab } from './tab.ts'

export const PHONE = { width: 360, height: 760 }
export const DESKTOP = { width: 1280, height: 900 }

const FAILURES = join(import.meta.dirname, '../failures')

/** `serviceWorkers`: only the tests of the service worker have it, since others replace or delay answers of pages. */
type TabOptions = Omit<BrowserContextOptions, 'baseURL'> & {
  /** The signed-in actor. */
  as?: Actor
}

/** A browser for one test file. */
export type TestBrowser = {
  /** Opens a tab with its own cookies, cache and storage. It is closed after the test, which fails on page errors. */
  tab(options?: TabOptions): Promise<Tab>
}

/** Starts a browser, and stops it after the test file. */
export async function openBrowser(site: Site): Promise<TestBrowser> {
  const browser = await launchChromium(NO_GPU_IMITATION)
  const open: { tab: Tab; errors: PageErrors }[] = []

  afterAll(() => browser.close())
  afterEach(async ({ task }) => {
    const tabs = open.splice(0)
    const unexpected = tabs.flatMap(({ errors }) => errors.unexpected())
    const failed = task.result?.state === 'fail' || unexpected.length > 0
    if (failed)
      await Promise.all(tabs.map(({ tab }, i) => takeScreenshot(tab, `${task.file.name} ${task.name} ${i + 1}`)))
    await Promise.all(tabs.map(({ tab }) => close(tab)))
    expect(unexpected, 'errors in the browser').toEqual([])
  })

  return {
    async tab({ as, serviceWorkers = 'block', ...rest } = {}) {
      const context = await browser.newContext({ baseURL: site.origin, viewport: DESKTOP, serviceWorkers, ...rest })
      context.setDefaultTimeout(8_000)
      if (serviceWorkers === 'block') await context.addInitScript(hideServiceWorkers)
      if (as) await context.addCookies(cookiesOf(as))
      const page = await context.newPage()
      const errors = new PageErrors(page, { scripted: rest.javaScriptEnabled ?? true })
      const tab = new Tab(page, errors)
      open.push({ tab, errors: errors })
      return tab
    },
  }
}

/** Playwright's `block` makes registering succeed without a worker, as no browser does: makes the page see none. */
function hideServiceWorkers(): void {
  Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
}

async function takeScreenshot({ page }: Tab, title: string): Promise<void> {
  if (page.isClosed()) return
  await mkdir(FAILURES, { recursive: true })
  const name = title.replaceAll(/[^\w-]+/g, '-').slice(0, 120)
  await page.screenshot({ path: join(FAILURES, `${name}.png`), fullPage: true })
}

/** Closes a tab; requests that a test still holds are dropped without an error. */
async function close({ context }: Tab): Promise<void> {
  await Promise.all([context, ...context.pages()].map((owner) => owner.unrouteAll({ behavior: 'ignoreErrors' })))
  await context.close()
}
