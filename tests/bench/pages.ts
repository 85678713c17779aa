import type { Browser, Page } from 'playwright-core'
import type { Client } from '../harness/client.ts'
import type { Places } from './data.ts'

const PHONE = { width: 360, height: 760 }

export type PageOptions = {
  browser: Browser
  site: URL
  path: string
  /** A signed-in user; left out: signed out. */
  as?: Client | undefined
  /** Prepares the page before its first navigation. */
  prepare?: (page: Page) => Promise<void>
}

/** Opens a page in a new browser context, with an empty cache, on a phone's screen. */
export async function openPage({ browser, site, path, as, prepare }: PageOptions): Promise<Page> {
  const context = await browser.newContext({ baseURL: site.href, viewport: PHONE, deviceScaleFactor: 2 })
  const cookies = [...(as?.cookies ?? [])].map(([name, value]) => ({
    name,
    value,
    // __Host- cookies must be secure; Chromium treats a local address as secure without TLS.
    url: site.href.replace('http:', 'https:'),
    httpOnly: true,
    secure: true,
    sameSite: 'Lax' as const,
  }))
  await context.addCookies(cookies)
  const page = await context.newPage()
  await prepare?.(page)
  const response = await page.goto(path, { waitUntil: 'networkidle' })
  if (!response?.ok()) throw new Error(`${path} was answered by ${response?.status()}`)
  return page
}

/** The pages on which most visits begin, by name. */
export const landings = ({ reader, thread }: Places) => ({
  home: '/',
  'a person': `/@${reader.handle}`,
  'a crud': `/@${thread.handle}/status/${thread.uuid}`,
})
