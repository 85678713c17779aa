import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { launchChromium, NO_GPU_IMITATION } from '../../browser/support/chromium.ts'
import type { Bench } from '../bench.ts'
import { openPage } from '../pages.ts'
import { cpuMsOf, descendantsOf } from '../processes.ts'
import type { Report } from '../report.ts'

/** A new browser and a new page are busy at first. */
const SETTLING_MS = 8_000

/** CPU of all processes of a browser that shows 20 burning fuses and gets no input. */
export async function idle(bench: Bench): Promise<Report> {
  const { site } = await bench.site()
  const reader = await bench.signIn(site, 'reader')
  const others = new Set(descendantsOf(process.pid))
  const browser = await launchChromium(NO_GPU_IMITATION)
  try {
    const browserPids = () => descendantsOf(process.pid).filter((pid) => !others.has(pid))
    const ms = bench.quick ? 4_000 : 15_000
    const percentOf = async (open: () => Promise<Page>) => {
      const page = await open()
      await wait(SETTLING_MS)
      const fuses = await page.locator('article .fuse').count()
      const before = cpuMsOf(browserPids())
      await wait(ms)
      // A process that has started since counts in full, one that has ended not at all.
      const spent = [...cpuMsOf(browserPids())].reduce((sum, [pid, cpu]) => sum + cpu - (before.get(pid) ?? 0), 0)
      const percent = (spent / ms) * 100
      await page.context().close()
      return { percent, fuses }
    }
    const home = { browser, site, path: '/' }
    const pages: Record<string, () => Promise<Page>> = {
      'an empty page': () => blankPage(browser),
      'home, signed out': () => openPage(home),
      'home, signed in': () => openPage({ ...home, as: reader }),
    }
    // The busiest page is enough for a quick run.
    const chosen = Object.entries(pages).slice(bench.quick ? -1 : 0)
    const rows: [name: string, fuses: number, percent: number][] = []
    for (const [name, open] of chosen) {
      const { fuses, percent } = await percentOf(open)
      rows.push([name, fuses, percent])
    }
    return {
      tables: [{ title: 'CPU of an open page that nobody touches', columns: ['page', 'fuses', '% of a core'], rows }],
      budgets: [
        {
          what: 'idle CPU of an open page of 20 fuses',
          bound: 3,
          measured: Math.max(...rows.map(([, , percent]) => percent)),
          unit: '%',
        },
      ],
    }
  } finally {
    await browser.close()
  }
}

async function blankPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage()
}
