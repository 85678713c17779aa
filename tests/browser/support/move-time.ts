import type { Tab } from './tab.ts'

/** Moves the animations of a page on by some seconds: all that lets time pass without script. With script, `page.clock` moves the rest. */
export const movesAnimations = (tab: Tab, seconds: number): Promise<void> =>
  tab.page.evaluate((ms) => {
    for (const animation of document.getAnimations()) animation.currentTime = Number(animation.currentTime) + ms
  }, seconds * 1_000)
