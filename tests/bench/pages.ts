import type { Browser, Page } from 'playwright-core'
import type { Client } from '../harness/client.ts'
import type { Places } from './data.ts'

const PHONE = { width: 360, height: 760 }

type Opened = {
  browser: Browser
  site: URL
  path: string
  /** Somebody who is signed in. */
  as?: Client | undefined
  /** What is done to the page before it goes anywhere. */
  prepare?: (page: Page) => Promise<void>
}

/** A page as a new visitor gets it: in a browser that has nothing of the site yet, on a phone's screen. */
export async function openPage({ browser, site, path, as, prepare }: Opened): Promise<Page> {
  const context = await browser.newContext({ baseURL: site.href, viewport: PHONE, deviceScaleFactor: 2 })
  const cookies = [...(as?.cookies ?? [])].map(([name, value]) => ({
    name,
    value,
    // A __Host- cookie is secure, which a browser grants to this machine without TLS as well.
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

/** The pages that strangers and members come to most, by name. */
export const landings = ({ reader, thread }: Places) => ({
  home: '/',
  'a person': `/@${reader.handle}`,
  'a crud': `/@${thread.handle}/status/${thread.uuid}`,
})
