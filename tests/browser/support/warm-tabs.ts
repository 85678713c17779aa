import type { TestBrowser } from './browser.ts'
import type { Tab } from './tab.ts'

/** Tabs that have loaded a page before, and how long an activity should live to be seen in them. */
export type WarmTabs = {
  tabs: Tab[]
  /** Seconds in which this machine opens a page in each tab, with a margin; more when it is busy. */
  secondsToOpen: number
}

/** Opens tabs and loads a page in each: an activity that expires in seconds cannot wait for a browser to start. */
export async function openWarmTabs(
  browser: TestBrowser,
  options: NonNullable<Parameters<TestBrowser['tab']>[0]>[],
): Promise<WarmTabs> {
  const start = Date.now()
  const tabs = await Promise.all(options.map((each) => browser.tab(each)))
  await Promise.all(
    tabs.map(async (tab, i) => {
      await tab.visits('/?feed=everyone')
      if (options[i]?.as && options[i].javaScriptEnabled !== false) await tab.waitsForHydration()
    }),
  )
  return { tabs, secondsToOpen: Math.min(20, 8 + Math.ceil((2 * (Date.now() - start)) / 1_000)) }
}
