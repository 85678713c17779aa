import { firstBelow } from '../../scroll/in-view.ts'
import { articles, focusedArticle, isShown } from './focus-position.ts'

/** What ends a wait for more of a list: the reader does something else. */
let stopWaiting = () => {}

/**
 * Moves the focus to the next crud (1) or the one before (-1); from elsewhere on the page to the first that is in view.
 * At the end of what has been read it waits for what comes. @returns whether there was somewhere to go
 */
export function moveFocus(step: 1 | -1): boolean {
  stopWaiting()
  const from = focusedArticle()
  const next = from ? neighbour(from, step) : firstBelow(80, articles())
  if (next) return focusOn(next)
  const more = document.querySelector<HTMLElement>('main .more')
  if (step < 0 || !from || !more) return false
  more.click()
  const watch = new MutationObserver(() => {
    if (focusedArticle() !== from) return stopWaiting()
    const next = neighbour(from, step)
    if (next) {
      stopWaiting()
      focusOn(next)
    }
  })
  watch.observe(document.getElementById('main') ?? document.body, { childList: true, subtree: true })
  stopWaiting = () => watch.disconnect()
  return true
}

/** The next crud of the page that has not burnt out, or the one before. */
function neighbour(from: HTMLElement, step: 1 | -1): HTMLElement | undefined {
  const all = articles()
  const at = all.indexOf(from)
  return step > 0 ? all.slice(at + 1).find(isShown) : all.slice(0, at).findLast(isShown)
}

function focusOn(article: HTMLElement): true {
  article.focus({ preventScroll: true })
  article.scrollIntoView({ block: 'nearest' })
  return true
}

/** Leads the focus out of a feed: to what comes after it (1), or stands before it (-1). */
export function leaveList(feed: Element, step: 1 | -1): void {
  const side = step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING
  const stops = [...document.querySelectorAll<HTMLElement>('a[href], button, input, textarea, summary')].filter(
    (stop) =>
      stop.tabIndex >= 0 &&
      feed.compareDocumentPosition(stop) === side &&
      stop.checkVisibility({ visibilityProperty: true }),
  )
  stops.at(step > 0 ? 0 : -1)?.focus()
}
