import type { Browser } from 'playwright-core'
import { launchChromium } from '../../browser/support/chromium.ts'
import type { Client } from '../../harness/client.ts'
import type { Bench } from '../bench.ts'
import { median } from '../median.ts'
import { landings } from '../pages.ts'
import { type Paint, paintOf, warmUp } from '../paint-times.ts'
import type { Budget, Report, Table } from '../report.ts'

const ROUNDS = { quick: 3, full: 9 }

/** A landing page of one commit, signed in or out, and its loads so far. */
type Landing = { side: Bench; site: URL; name: string; path: string; as: Client | undefined; loads: Paint[] }

/**
 * Paint times on a phone with a slow connection and an empty cache, and how long the page blocks its main thread. All
 * pages, those of another commit too, are loaded in turns, since a machine's speed changes.
 */
export async function paint(bench: Bench): Promise<Report> {
  const sides: Landing[][] = []
  for (const side of await bench.sides()) sides.push(await openLandings(side))
  const browser = await launchChromium()
  try {
    for (let round = 0; round < (bench.quick ? ROUNDS.quick : ROUNDS.full); round += 1)
      for (const landing of sides.flat()) landing.loads.push(await load(browser, landing))
  } finally {
    await browser.close()
  }
  const [here = [], there] = sides
  return {
    tables: [toTable(here), ...(there ? [toAgainstTable(here, there)] : [])],
    budgets: [...budgetsOf(here), ...(there ? ratioBudgets(here, there) : [])],
  }
}

async function openLandings(side: Bench): Promise<Landing[]> {
  const { site } = await side.site()
  const { places } = await side.stack()
  const reader = await side.signIn(site, 'reader')
  const opened = Object.entries(landings(places)).flatMap(([name, path]) =>
    [undefined, reader].map((as): Landing => ({ side, site, name, path, as, loads: [] })),
  )
  for (const landing of opened) await warmUp(landing)
  return opened
}

const load = (browser: Browser, { site, path, as }: Landing): Promise<Paint> => paintOf({ browser, site, path, as })

const middle = ({ loads }: Landing, of: (paint: Paint) => number) => median(loads.map(of))

function toTable(landings: Landing[]): Table {
  return {
    title: 'Paint and blocking time on slow 4G with a CPU four times slower',
    columns: ['page', 'viewer', 'FCP ms', 'LCP ms', 'blocking ms', 'KB in all', 'requests', 'before paint'],
    rows: landings.map((landing) => [
      landing.name,
      landing.as ? 'signed in' : 'signed out',
      Math.round(middle(landing, ({ first }) => first)),
      Math.round(middle(landing, ({ largest }) => largest)),
      Math.round(middle(landing, ({ blocking }) => blocking)),
      Math.round(middle(landing, ({ kb }) => kb)),
      middle(landing, ({ requests }) => requests),
      middle(landing, ({ beforePaint }) => beforePaint),
    ]),
    notes: ['An LCP up to 2,500 ms counts as good: https://web.dev/articles/lcp'],
  }
}

function toAgainstTable(here: Landing[], there: Landing[]): Table {
  const name = there[0]?.side.commit.name ?? ''
  return {
    title: `Paint and blocking time, medians in ms, against ${name}`,
    columns: ['page', 'viewer', `LCP ${name}`, 'LCP here', '×', `blocking ${name}`, 'blocking here', '×'],
    rows: here.map((landing, at) => {
      const before = there[at] ?? landing
      const pair = (of: (paint: Paint) => number) => [
        Math.round(middle(before, of)),
        Math.round(middle(landing, of)),
        ratio(landing, before, of),
      ]
      const viewer = landing.as ? 'signed in' : 'signed out'
      return [landing.name, viewer, ...pair(({ largest }) => largest), ...pair(({ blocking }) => blocking)]
    }),
  }
}

/** In multiples of the other side's value; null if that is zero. */
function ratio(here: Landing, there: Landing, of: (paint: Paint) => number): number | null {
  const before = middle(there, of)
  return before > 0 ? middle(here, of) / before : null
}

const budgetsOf = (here: Landing[]): Budget[] => [
  {
    what: 'requests before the first paint of a signed-out page',
    bound: 1,
    measured: Math.max(...here.filter(({ as }) => !as).map((landing) => middle(landing, (paint) => paint.beforePaint))),
    unit: '',
  },
]

/** Budgets for home only. */
function ratioBudgets(here: Landing[], there: Landing[]): Budget[] {
  const [signedOut, signedIn] = here
  const [signedOutBefore, signedInBefore] = there
  if (!signedOut || !signedIn || !signedOutBefore || !signedInBefore) throw new Error('There is no landing page.')
  const { name } = signedOutBefore.side.commit
  const budget = (what: string, bound: number, measured: number | null): Budget[] =>
    measured === null ? [] : [{ what: `${what}, of ${name}`, bound, measured, unit: '×' }]
  const largest = (paint: Paint) => paint.largest
  return [
    ...budget('LCP of home, signed out', 0.66, ratio(signedOut, signedOutBefore, largest)),
    ...budget('LCP of home, signed in', 0.95, ratio(signedIn, signedInBefore, largest)),
    ...budget(
      'blocking time of home, signed in',
      0.5,
      ratio(signedIn, signedInBefore, ({ blocking }) => blocking),
    ),
  ]
}
