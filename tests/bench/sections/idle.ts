import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../../browser/support/chromium.ts'
import type { Bench } from '../bench.ts'
import { openPage } from '../pages.ts'
import { cpuMsOf, descendantsOf } from '../processes.ts'
import type { Report } from '../report.ts'

/** A browser and a page that have just come are still busy. */
const SETTLING_MS = 8_000

/**
 * Where there is no graphics card Chromium imitates one, which compiles its shaders when a page's fuses first beat: half a
 * second of CPU, once, that no reader's device spends.
 */
const DRAWS_BY_ITSELF = ['--disable-gpu']

/** What a page of 20 burning fuses costs while nobody does anything: the CPU of all of the browser's processes. */
export async function idle(bench: Bench): Promise<Report> {
  const { site } = await bench.site()
  const reader = await bench.signIn(site, 'reader')
  const others = new Set(descendantsOf(process.pid))
  const browser = await launchChromium(DRAWS_BY_ITSELF)
  try {
    const own = () => descendantsOf(process.pid).filter((pid) => !others.has(pid))
    const ms = bench.quick ? 4_000 : 15_000
    const percentOf = async (open: () => Promise<Page>) => {
      const page = await open()
      await wait(SETTLING_MS)
      const fuses = await page.locator('article .fuse').count()
      const before = cpuMsOf(own())
      await wait(ms)
      // What has begun counts in full, what has ended not at all.
      const spent = [...cpuMsOf(own())].reduce((sum, [pid, cpu]) => sum + cpu - (before.get(pid) ?? 0), 0)
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
    // The page that does most is enough for a quick run.
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
