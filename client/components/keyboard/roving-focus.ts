import { firstBelow } from '../../scroll/in-view.ts'
import { articles, focusedArticle, isShown } from './focus-position.ts'

/** Stops waiting for the next page of a list. */
let stopWaiting = () => {}

/**
 * Moves the focus to the next (1) or previous (-1) article; from outside the list to the first one in view. At the end of the
 * loaded list, loads the next page and moves when it arrives. Returns false when there is nothing to move to.
 */
export function moveFocus(step: 1 | -1): boolean {
  stopWaiting()
  const from = focusedArticle()
  const next = from ? neighbour(from, step) : firstBelow(80, articles())
  if (next) return focusOn(next)
  const more = document.querySelector<HTMLElement>('main .more-link')
  if (step < 0 || !from || !more) return false
  more.click()
  const observer = new MutationObserver(() => {
    if (focusedArticle() !== from) return stopWaiting()
    const next = neighbour(from, step)
    if (next) {
      stopWaiting()
      focusOn(next)
    }
  })
  observer.observe(document.getElementById('main') ?? document.body, { childList: true, subtree: true })
  stopWaiting = () => observer.disconnect()
  return true
}

/** Returns the next or previous article that is visible. */
function neighbour(from: HTMLElement, step: 1 | -1): HTMLElement | undefined {
  const all = articles()
  const index = all.indexOf(from)
  return step > 0 ? all.slice(index + 1).find(isShown) : all.slice(0, index).findLast(isShown)
}

function focusOn(article: HTMLElement): true {
  article.focus({ preventScroll: true })
  article.scrollIntoView({ block: 'nearest' })
  return true
}

/** Focuses the first focusable element after a feed (1), or the last one before it (-1). */
export function focusOutsideFeed(feed: Element, step: 1 | -1): void {
  const side = step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING
  const focusable = [...document.querySelectorAll<HTMLElement>('a[href], button, input, textarea, summary')].filter(
    (element) =>
      element.tabIndex >= 0 &&
      feed.compareDocumentPosition(element) === side &&
      element.checkVisibility({ visibilityProperty: true }),
  )
  focusable.at(step > 0 ? 0 : -1)?.focus()
}
