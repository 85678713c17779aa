import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { launchChromium } from './support/chromium.ts'

/**
 * Pictures of a site that runs with the seed (`npm start`), the two that the README shows:
 *
 *     npm run screens [-- base url]
 *
 * With `--all` instead of those every page, at three widths in both themes, to be looked at by hand; `--also` more of them.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    also: { type: 'string', default: '' },
    to: { type: 'string' },
  },
})
const base = positionals[0] ?? 'http://localhost:8787'
const folder = values.to ?? (values.all ? 'tests/browser/failures/screens' : 'docs/screens')
const SEEDED = { email: 'andrewbrown@example.com', password: 'Cruddur-2026!' }

const PHONE = { width: 360, height: 740 }
const TABLET = { width: 768, height: 900 }
const DESKTOP = { width: 1280, height: 800 }
type Look = { viewport: typeof PHONE; colorScheme: 'dark' | 'light' }

const SIGNED_OUT = [
  '/',
  '/signup',
  '/signin',
  '/confirm?email=anna%40example.com',
  '/forgot',
  '/about',
  '/nothing/here',
]
const SIGNED_IN = ['/', '/?feed=everyone', '/notifications', '/messages', '/search', '/settings', '/signout']

async function signIn(page: Page): Promise<void> {
  await page.goto('/signin')
  await page.getByLabel('Email').fill(SEEDED.email)
  await page.getByLabel('Password').fill(SEEDED.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('/')
}

/** The page of the crud that most people have answered, and its author's. */
async function findPages(page: Page): Promise<{ thread: string; profile: string }> {
  const answer = await page.request.get('/api/activities/everyone?limit=100')
  const { data } = (await answer.json()) as {
    data: { uuid: string; replies_count: number; user: { handle: string } }[]
  }
  const [talked] = data.toSorted((a, b) => b.replies_count - a.replies_count)
  if (!talked) throw new Error(`Nothing is burning at ${base}: it is the seed that is photographed`)
  const profile = `/@${talked.user.handle}`
  return { thread: `${profile}/status/${talked.uuid}`, profile }
}

async function photograph(page: Page, path: string, { viewport, colorScheme }: Look): Promise<Buffer> {
  await page.setViewportSize(viewport)
  await page.emulateMedia({ colorScheme })
  await page.goto(path, { waitUntil: 'networkidle' })
  return page.screenshot()
}

async function open(browser: Browser, signedIn: boolean): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: base, deviceScaleFactor: values.all ? 1 : 1.5 })).newPage()
  if (signedIn) await signIn(page)
  return page
}

/** What the README shows. */
async function forReaders(out: Page, within: Page): Promise<void> {
  const { thread } = await findPages(out)
  const shots: [name: string, path: string, look: Look][] = [
    ['home-desktop-dark', '/', { viewport: DESKTOP, colorScheme: 'dark' }],
    ['thread-desktop-light', thread, { viewport: DESKTOP, colorScheme: 'light' }],
  ]
  for (const [name, path, look] of shots) {
    const picture = await photograph(within, path, look)
    await sharp(picture)
      .webp({ quality: 82 })
      .toFile(join(folder, `${name}.webp`))
    console.log(name)
  }
}

/** Every page in every look. */
async function forReview(out: Page, within: Page): Promise<void> {
  const { thread, profile } = await findPages(out)
  const found = [
    thread,
    profile,
    thread.replace(/[\da-f]{12}$/, '000000000000'),
    ...values.also.split(',').filter(Boolean),
  ]
  const visits = [
    ...[...SIGNED_OUT, ...found].map((path) => ({ prefix: 'out', page: out, path })),
    ...[...SIGNED_IN, ...found].map((path) => ({ prefix: 'in', page: within, path })),
  ]
  for (const { prefix, page, path } of visits) {
    const name = `${prefix}${path.replaceAll(/[^\w]+/g, '-')}`.replace(/-$/, '')
    for (const viewport of [PHONE, TABLET, DESKTOP]) {
      for (const colorScheme of ['dark', 'light'] as const) {
        const picture = await photograph(page, path, { viewport, colorScheme })
        await sharp(picture)
          .png()
          .toFile(join(folder, `${name}-${viewport.width}-${colorScheme}.png`))
      }
    }
    console.log(name)
  }
}

await mkdir(folder, { recursive: true })
const browser = await launchChromium()
try {
  const take = values.all ? forReview : forReaders
  await take(await open(browser, false), await open(browser, true))
} finally {
  await browser.close()
}
