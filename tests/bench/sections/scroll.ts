import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../../browser/support/chromium.ts'
import type { Bench } from '../bench.ts'
import { median } from '../median.ts'
import { openPage } from '../pages.ts'
import type { Report } from '../report.ts'

/** Length of the scrolled list, and rounds. */
const CRUDS = 500
const ROUNDS = 3

/** Pixels per second: thirteen screens, as fast as a fling. */
const SPEED = 10_000

/**
 * A longer task is noticed. Measured as ms of CPU, since without a graphics card the threads that draw compete for the
 * cores.
 */
const LONGEST_MS = 50
/** Least frames per second, as a share of those of an empty page. */
const MIN_FRAMES = 0.9

/** Results of a scroll: frames per second, the longest task and its CPU in ms, and the number of long tasks. */
type Scroll = { px: number; frames: number; longest: number; cpu: number; tasks: number }

/** Scrolls through a home of 500 cruds, compared with an empty page of the same height in the same browser. */
export async function scroll(bench: Bench): Promise<Report> {
  const { site } = await bench.site()
  const reader = await bench.signIn(site, 'reader')
  const browser = await launchChromium()
  try {
    const home = await openPage({ browser, site, path: '/', as: reader })
    await loadMore(home)
    const blank = await browser.newPage({ viewport: home.viewportSize(), deviceScaleFactor: 2 })
    await blank.setContent(`<body style="height: ${await home.evaluate(() => document.body.scrollHeight)}px">`)
    const blanks: Scroll[] = []
    const fulls: Scroll[] = []
    for (let i = 0; i < ROUNDS; i += 1) {
      blanks.push(await scrollThrough(browser, blank))
      fulls.push(await scrollThrough(browser, home))
    }
    const frames = (scrolls: Scroll[]) => median(scrolls.map((each) => each.frames))
    const longest = Math.max(...fulls.map((each) => each.cpu))
    const row = (page: string, { px, ...rest }: Scroll, round: number) => [
      page,
      round + 1,
      px,
      rest.frames,
      rest.longest,
      rest.cpu,
      rest.tasks,
    ]
    return {
      tables: [
        {
          title: `Scrolling from end to end, ${SPEED} px a second`,
          columns: [
            'page',
            'round',
            'px',
            'frames a second',
            'longest task, ms',
            'of CPU',
            `tasks over ${LONGEST_MS} ms`,
          ],
          rows: [
            ...blanks.map((each, i) => row('an empty page', each, i)),
            ...fulls.map((each, i) => row(`home, ${CRUDS} cruds`, each, i)),
          ],
        },
      ],
      budgets: [
        { what: `scrolling ${CRUDS} cruds: the longest task, CPU`, bound: LONGEST_MS, measured: longest, unit: 'ms' },
        {
          what: `scrolling ${CRUDS} cruds: frames, by those of an empty page`,
          bound: MIN_FRAMES,
          measured: frames(fulls) / frames(blanks),
          unit: '',
          atLeast: true,
        },
      ],
    }
  } finally {
    await browser.close()
  }
}

/** Loads pages of the list until it is long enough. */
async function loadMore(page: Page): Promise<void> {
  const cruds = page.locator('main article')
  for (let shown = await cruds.count(); shown < CRUDS; shown = await cruds.count()) {
    await page.locator('main .more-link').click()
    await page.waitForFunction((before) => document.querySelectorAll('main article').length > before, shown)
  }
}

/** Scrolls a page from top to end like a mouse wheel, while the browser traces it. */
async function scrollThrough(browser: Browser, page: Page): Promise<Scroll> {
  await page.bringToFront()
  await page.evaluate(countFrames)
  const px = await page.evaluate(() => {
    window.scrollTo(0, 0)
    return document.documentElement.scrollHeight - innerHeight
  })
  const session = await page.context().newCDPSession(page)
  await browser.startTracing(page, { categories: CATEGORIES })
  const before = await page.evaluate(readFrames)
  await session.send('Input.synthesizeScrollGesture', {
    x: 180,
    y: 400,
    yDistance: -px,
    speed: SPEED,
    gestureSourceType: 'mouse',
    preventFling: true,
  })
  const after = await page.evaluate(readFrames)
  const tasks = tasksIn(await browser.stopTracing())
  const scrolled = await page.evaluate(() => Math.round(scrollY))
  if (scrolled < px * MIN_FRAMES) throw new Error(`The scroll ended after ${scrolled} of ${px} px`)
  return {
    px: scrolled,
    frames: ((after.frames - before.frames) / (after.at - before.at)) * 1000,
    longest: Math.max(0, ...tasks.map(({ ms }) => ms)),
    cpu: Math.max(0, ...tasks.map(({ cpuMs }) => cpuMs)),
    tasks: tasks.filter(({ ms }) => ms > LONGEST_MS).length,
  }
}

/** Starts to count the frames of a page. */
function countFrames(): void {
  if ('frameCount' in window) return
  Object.assign(window, { frameCount: 0 })
  const frame = () => {
    ;(window as unknown as { frameCount: number }).frameCount += 1
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

/** Reads the number of frames, and marks the time in the trace. */
function readFrames() {
  performance.mark('frames are read')
  return { frames: (window as unknown as { frameCount: number }).frameCount, at: performance.now() }
}

const CATEGORIES = ['disabled-by-default-devtools.timeline', 'blink.user_timing', '__metadata']

type TraceEvent = {
  name: string
  tid: number
  pid: number
  ts: number
  dur?: number
  tdur?: number
  args: { name?: string }
}

/** The tasks of the pages' main threads between the two marks. */
function tasksIn(trace: Buffer): { ms: number; cpuMs: number }[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const main = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  )
  const [from = 0, to = 0] = traceEvents.filter(({ name }) => name === 'frames are read').map(({ ts }) => ts)
  if (to <= from) throw new Error('The trace lacks a mark')
  return traceEvents
    .filter((event) => event.name === 'RunTask' && main.has(threadOf(event)) && event.ts > from && event.ts < to)
    .map(({ dur = 0, tdur = 0 }) => ({ ms: dur / 1000, cpuMs: tdur / 1000 }))
}
