import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { launchChromium } from '../../browser/support/chromium.ts'
import type { Bench } from '../bench.ts'
import { median } from '../median.ts'
import { openPage } from '../pages.ts'
import type { Report } from '../report.ts'
import { slowCpu } from '../slow-phone.ts'

const ROUNDS = { quick: 3, full: 9 }

/** Time for a step’s effects to finish: an answer of the Worker, a rendered page. */
const SETTLING_MS = 2_000

/** A good value according to https://web.dev/articles/inp */
const BOUND_MS = 200

const STEPS: Record<string, (page: Page) => Promise<unknown>> = {
  like: (page) => page.getByRole('article').first().getByRole('button', { name: 'Like' }).click(),
  'open thread': (page) => page.getByRole('article').first().getByRole('link', { name: 'Open,' }).click(),
  reply: async (page) => {
    await page.getByRole('textbox', { name: 'Your reply' }).click()
    await page.keyboard.type('So do I')
    await page.getByRole('main').getByRole('button', { name: 'Reply', exact: true }).click()
  },
  back: (page) => page.getByRole('link', { name: 'Back' }).click(),
}

/**
 * Time from a click or a key to the next paint, on a CPU four times slower: the longest of each step's interactions. Each
 * round posts a reply, so this section runs after all sections that read the same feed.
 */
export async function interactions(bench: Bench): Promise<Report> {
  const { site } = await bench.site()
  const reader = await bench.signIn(site, 'reader')
  const longest: Record<string, number[]> = Object.fromEntries(Object.keys(STEPS).map((name) => [name, []]))
  const browser = await launchChromium()
  try {
    for (let round = 0; round < (bench.quick ? ROUNDS.quick : ROUNDS.full); round += 1) {
      const page = await openPage({ browser, site, path: '/', as: reader, prepare: observe })
      await wait(SETTLING_MS)
      for (const [name, step] of Object.entries(STEPS)) {
        await takeDurations(page)
        await step(page)
        await wait(SETTLING_MS)
        longest[name]?.push(Math.max(...(await takeDurations(page))))
      }
      await page.context().close()
    }
  } finally {
    await browser.close()
  }
  const rows = Object.entries(longest).map(([name, each]): [string, number, number] => [
    name,
    median(each),
    Math.max(...each),
  ])
  return {
    tables: [
      {
        title: 'Interaction to next paint on a CPU four times slower, signed in, ms',
        columns: ['step', 'median', 'longest'],
        rows,
      },
    ],
    budgets: rows.map(([name, medianMs]) => ({
      what: `interaction to next paint: ${name}`,
      bound: BOUND_MS,
      measured: medianMs,
      unit: 'ms',
    })),
  }
}

type Observed = Window & { durations: number[] }

async function observe(page: Page): Promise<void> {
  await slowCpu(page)
  await page.addInitScript(() => {
    const observed = window as unknown as Observed
    observed.durations = []
    new PerformanceObserver((list) => {
      const entries = list.getEntries() as (PerformanceEventTiming & { interactionId: number })[]
      observed.durations.push(
        ...entries.filter(({ interactionId }) => interactionId > 0).map(({ duration }) => duration),
      )
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit)
  })
}

/** The durations since the last call, rounded by the browser to 8 ms; shorter ones than 16 ms are not reported. */
const takeDurations = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const observed = window as unknown as Observed
    const durations = observed.durations.splice(0)
    return durations.length > 0 ? durations : [16]
  })
