import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { launchChromium } from './support/chromium.ts'

/**
 * Takes screenshots of a running site with the seed (`npm start`), by default the two that the README shows, and those of the web
 * app's manifest, which browsers show before it is installed:
 *
 *     npm run screens [-- base url]
 *
 * `--all` takes every page at three widths in both themes instead, for a review by eye; `--also` adds paths to it.
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
  '/rules',
  '/transparency',
  '/privacy-policy',
  '/nothing/here',
]
const SIGNED_IN = [
  '/',
  '/?feed=everyone',
  '/notifications',
  '/messages',
  '/messages?folder=requests',
  '/search',
  '/settings',
  '/signout',
]

async function signIn(page: Page): Promise<void> {
  await page.goto('/signin')
  await page.getByLabel('Email').fill(SEEDED.email)
  await page.getByLabel('Password').fill(SEEDED.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('/')
}

/** The paths of the activity with the most replies, and of its author's profile. */
async function findPages(page: Page): Promise<{ thread: string; profile: string }> {
  const answer = await page.request.get('/api/activities/everyone?limit=100')
  const { data } = (await answer.json()) as {
    data: { uuid: string; replies_count: number; user: { handle: string } }[]
  }
  const [mostReplied] = data.toSorted((a, b) => b.replies_count - a.replies_count)
  if (!mostReplied) throw new Error(`No activities at ${base}: seed the database first`)
  const profile = `/@${mostReplied.user.handle}`
  return { thread: `${profile}/status/${mostReplied.uuid}`, profile }
}

async function takeScreenshot(page: Page, path: string, { viewport, colorScheme }: Look): Promise<Buffer> {
  await page.setViewportSize(viewport)
  await page.emulateMedia({ colorScheme })
  await page.goto(path, { waitUntil: 'networkidle' })
  return page.screenshot()
}

async function openPage(browser: Browser, signedIn: boolean): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: base, deviceScaleFactor: values.all ? 1 : 1.5 })).newPage()
  if (signedIn) await signIn(page)
  return page
}

/** The screenshots of the README. */
async function takeForReadme(signedOut: Page, signedIn: Page): Promise<void> {
  const { thread } = await findPages(signedOut)
  const shots: [name: string, path: string, look: Look][] = [
    ['home-desktop-dark', '/', { viewport: DESKTOP, colorScheme: 'dark' }],
    ['thread-desktop-light', thread, { viewport: DESKTOP, colorScheme: 'light' }],
  ]
  for (const [name, path, look] of shots) {
    const image = await takeScreenshot(signedIn, path, look)
    await sharp(image)
      .webp({ quality: 82 })
      .toFile(join(folder, `${name}.webp`))
    console.log(name)
  }
}

/** The screenshots of the manifest (client/public/site.webmanifest). Small, since they are part of each deploy. */
async function takeForManifest(signedIn: Page): Promise<void> {
  const shots = [
    ['narrow', '/?feed=last-light', { viewport: { width: 412, height: 847 }, colorScheme: 'dark' }, 540],
    ['wide', '/?feed=everyone', { viewport: DESKTOP, colorScheme: 'dark' }, 1280],
  ] as const
  for (const [name, path, look, width] of shots) {
    const image = await takeScreenshot(signedIn, path, look)
    await sharp(image).resize(width).webp({ quality: 75 }).toFile(`client/public/screenshot-${name}.webp`)
    console.log(name)
  }
}

/** Every page at every width in both themes. */
async function takeForReview(signedOut: Page, signedIn: Page): Promise<void> {
  const { thread, profile } = await findPages(signedOut)
  const found = [
    thread,
    profile,
    thread.replace(/[\da-f]{12}$/, '000000000000'),
    ...values.also.split(',').filter(Boolean),
  ]
  const visits = [
    ...[...SIGNED_OUT, ...found].map((path) => ({ prefix: 'out', page: signedOut, path })),
    ...[...SIGNED_IN, ...found].map((path) => ({ prefix: 'in', page: signedIn, path })),
  ]
  for (const { prefix, page, path } of visits) {
    const name = `${prefix}${path.replaceAll(/[^\w]+/g, '-')}`.replace(/-$/, '')
    for (const viewport of [PHONE, TABLET, DESKTOP]) {
      for (const colorScheme of ['dark', 'light'] as const) {
        const image = await takeScreenshot(page, path, { viewport, colorScheme })
        await sharp(image)
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
  const [signedOut, signedIn] = [await openPage(browser, false), await openPage(browser, true)]
  if (values.all) {
    await takeForReview(signedOut, signedIn)
  } else {
    await takeForReadme(signedOut, signedIn)
    await takeForManifest(signedIn)
  }
} finally {
  await browser.close()
}
