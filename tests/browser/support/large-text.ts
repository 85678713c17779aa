import { overflowingElements } from './page-checks.ts'
import type { Tab } from './tab.ts'

/** What overlaps, is clipped or has no room on a phone with text at 200 %, which the page keeps. */
export async function problemsInLargeText(tab: Tab): Promise<string[]> {
  await tab.page.evaluate(() => {
    document.documentElement.style.setProperty('font-size', '200%')
    // A folded chooser shows once the box has the focus.
    document.querySelector('textarea')?.focus()
  })
  return [...(await unreadableLabels(tab)), ...(await overflowingElements(tab))]
}

/** Tabs, wordmark, TTL labels and buttons that overlap another of them or are clipped. */
function unreadableLabels(tab: Tab): Promise<string[]> {
  return tab.page.evaluate(() => {
    const labels = [
      ...document.querySelectorAll<HTMLElement>('.tabs a, .brand b, .ttl-chooser span, .page-top a, .page-top button'),
    ].filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.textContent?.trim())
    const boxes = labels.map((element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      const { left, right, top, bottom } = range.getBoundingClientRect()
      return { element, left, right, top, bottom }
    })
    const isClipped = ({ element, left, right, top, bottom }: (typeof boxes)[number]) => {
      for (let parent = element.parentElement; parent; parent = parent.parentElement) {
        if (getComputedStyle(parent).overflow === 'visible') continue
        const box = parent.getBoundingClientRect()
        // Wrapped out of view on purpose, as the wordmark is beside buttons: wholly below.
        if (parent.matches('.brand') && top >= box.bottom - 1) return false
        if (left < box.left - 1 || right > box.right + 1 || top < box.top - 5 || bottom > box.bottom + 5) return true
      }
      return left < 0 || right > document.documentElement.clientWidth
    }
    const overlaps = boxes.flatMap((one, i) =>
      boxes
        .slice(i + 1)
        .filter(
          (other) =>
            !one.element.contains(other.element) &&
            one.left < other.right - 1 &&
            other.left < one.right - 1 &&
            one.top < other.bottom - 1 &&
            other.top < one.bottom - 1,
        )
        .map((other) => `${one.element.textContent} overlaps ${other.element.textContent}`),
    )
    if (boxes.length === 0) return ['no label was found']
    return [...overlaps, ...boxes.filter(isClipped).map(({ element }) => `${element.textContent} is clipped`)]
  })
}
