import type { Page } from 'playwright-core'
import { openPage, type PageOptions } from './pages.ts'
import { cookieOf } from './route-list.ts'
import { slowCpu, slowNetwork } from './slow-phone.ts'

/** Times in ms since the navigation began. */
export type Paint = {
  first: number
  largest: number
  /** Total blocking time: the sum of each long task's time beyond 50 ms. https://web.dev/articles/tbt */
  blocking: number
  kb: number
  requests: number
  /** Requests that the first paint waits for, including the document. */
  beforePaint: number
}

type Visit = Omit<PageOptions, 'prepare'>

/** A Worker is slow right after its start, which hardly any visitor meets. */
export async function warmUp({ site, path, as }: Omit<Visit, 'browser'>): Promise<void> {
  const headers = as ? { cookie: cookieOf(as) } : {}
  for (let i = 0; i < 5; i += 1) await (await fetch(new URL(path, site), { headers })).arrayBuffer()
}

/** Loads a page on a phone with a slow connection and an empty cache, and returns its times. */
export async function paintOf(visit: Visit): Promise<Paint> {
  const prepare = async (page: Page) => {
    await slowNetwork(page)
    await slowCpu(page)
  }
  const page = await openPage({ ...visit, prepare })
  const paint = await readPaint(page)
  await page.context().close()
  return paint
}

const readPaint = (page: Page): Promise<Paint> =>
  page.evaluate(async () => {
    const entriesOf = (type: string) =>
      new Promise<PerformanceEntryList>((resolve) => {
        const observer = new PerformanceObserver((list) => resolve(list.getEntries()))
        observer.observe({ type, buffered: true })
        // A page without an entry of this kind never calls back.
        setTimeout(resolve, 1_000, [])
      })
    const [largest, tasks] = await Promise.all([entriesOf('largest-contentful-paint'), entriesOf('longtask')])
    const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const fetched = [...(performance.getEntriesByType('navigation') as PerformanceResourceTiming[]), ...resources]
    // Chromium alone has `renderBlockingStatus`.
    const blocks = (entry: PerformanceResourceTiming & { renderBlockingStatus?: string }) =>
      entry.renderBlockingStatus === 'blocking'
    return {
      first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      largest: largest.at(-1)?.startTime ?? Number.NaN,
      blocking: tasks.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0),
      kb: fetched.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000,
      requests: fetched.length,
      beforePaint: 1 + resources.filter(blocks).length,
    }
  })
