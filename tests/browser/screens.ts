import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { launchChromium } from './chromium.ts'

/**
 * Pictures of the main pages, at three widths in both themes, to be looked at by hand:
 *
 *     npx node tests/browser/screens.ts [--to folder] [--email x --password y] [--also /path,/path] [base url]
 *
 * Signed in when told as whom; a profile, a crud's page and what is reached from there are found by following links.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    to: { type: 'string', default: 'tests/browser/failures/screens' },
    email: { type: 'string' },
    password: { type: 'string' },
    also: { type: 'string', default: '' },
  },
})
const base = positionals[0] ?? 'http://localhost:8787'

const WIDTHS = [360, 768, 1280]
const SIGNED_OUT = [
  '/',
  '/signup',
  '/signin',
  '/confirm?email=anna%40example.com',
  '/forgot',
  '/about',
  '/nothing/here',
]
const SIGNED_IN = ['/', '/?feed=everyone', '/signout']

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/signin')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('/')
}

/** A crud's page and its author's, off the first crud of the home page; none on an empty site. */
async function findPages(page: Page): Promise<string[]> {
  await page.goto('/?feed=everyone')
  const links = page.getByRole('article').first().getByRole('link', { name: 'Open,' })
  const path = (await links.count()) > 0 ? await links.getAttribute('href') : null
  return path ? [path, path.replace(/\/status\/.*/, ''), path.replace(/[\da-f]{12}$/, '000000000000')] : []
}

async function photograph(page: Page, path: string, prefix: string): Promise<void> {
  const name = `${prefix}${path.replaceAll(/[^\w]+/g, '-')}`.replace(/-$/, '')
  for (const width of WIDTHS) {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.setViewportSize({ width, height: width < 700 ? 760 : 900 })
      await page.emulateMedia({ colorScheme })
      await page.goto(path)
      await page.screenshot({ path: join(values.to, `${name}-${width}-${colorScheme}.png`) })
    }
  }
  console.log(name)
}

await mkdir(values.to, { recursive: true })
const browser = await launchChromium()
try {
  const page = await (await browser.newContext({ baseURL: base })).newPage()
  const also = values.also.split(',').filter(Boolean)
  const found = await findPages(page)
  for (const path of [...SIGNED_OUT, ...found, ...also]) await photograph(page, path, 'out')
  const { email, password } = values
  if (email && password) {
    await signIn(page, email, password)
    for (const path of [...SIGNED_IN, ...found, ...also]) await photograph(page, path, 'in')
  }
} finally {
  await browser.close()
}
