import type { Page } from 'playwright-core'
import { launchChromium } from '../../browser/support/chromium.ts'
import type { Client } from '../../harness/client.ts'
import type { Bench } from '../bench.ts'
import { median } from '../median.ts'
import { landings, openPage } from '../pages.ts'
import type { Report } from '../report.ts'
import { cookieOf } from '../route-list.ts'

/** What Chromium's developer tools call Slow 4G: bytes a second, and milliseconds that each request waits. */
const SLOW_4G = { downloadThroughput: 180_000, uploadThroughput: 84_375, latency: 562.5 }
const CPU_SLOWDOWN = 4

/** When a page has come, as the browser tells it; milliseconds. */
type Paint = { first: number; largest: number; kb: number; requests: number }

/** How soon a phone on a slow line shows what a page is about, with nothing of the site in its cache. */
export async function lcp(bench: Bench): Promise<Report> {
  const { site } = await bench.site()
  const { places } = await bench.stack()
  const reader = await bench.signIn(site, 'reader')
  const browser = await launchChromium()
  const rows: (string | number)[][] = []
  try {
    for (const [name, path] of Object.entries(landings(places))) {
      for (const as of [undefined, reader]) {
        const loads: Paint[] = []
        await warmUp(new URL(path, site), as)
        for (let i = 0; i < (bench.quick ? 1 : 3); i += 1) {
          const page = await openPage({ browser, site, path, as, prepare: slowDown })
          loads.push(await paintOf(page))
          await page.context().close()
        }
        const middle = (of: (paint: Paint) => number) => median(loads.map(of))
        rows.push([
          name,
          as ? 'signed in' : 'signed out',
          Math.round(middle(({ first }) => first)),
          Math.round(middle(({ largest }) => largest)),
          Math.round(middle(({ kb }) => kb)),
          middle(({ requests }) => requests),
        ])
      }
    }
  } finally {
    await browser.close()
  }
  return {
    tables: [
      {
        title: 'First and largest paint on slow 4G with a CPU four times slower',
        columns: ['page', 'reader', 'FCP ms', 'LCP ms', 'KB in all', 'requests'],
        rows,
        notes: ['Up to 2,500 ms count as good: https://web.dev/articles/lcp'],
      },
    ],
  }
}

/** Nobody is the first visitor of a Worker that has just started. */
async function warmUp(url: URL, as: Client | undefined): Promise<void> {
  const headers = as ? { cookie: cookieOf(as) } : {}
  for (let i = 0; i < 5; i += 1) await (await fetch(url, { headers })).arrayBuffer()
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', { offline: false, ...SLOW_4G })
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
}

const paintOf = (page: Page): Promise<Paint> =>
  page.evaluate(
    () =>
      new Promise<Paint>((resolve) => {
        const fetched = [
          ...performance.getEntriesByType('navigation'),
          ...performance.getEntriesByType('resource'),
        ] as PerformanceResourceTiming[]
        new PerformanceObserver((list) => {
          resolve({
            first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
            largest: list.getEntries().at(-1)?.startTime ?? Number.NaN,
            kb: fetched.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000,
            requests: fetched.length,
          })
        }).observe({ type: 'largest-contentful-paint', buffered: true })
      }),
  )
