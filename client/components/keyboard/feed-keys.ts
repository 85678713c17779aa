import { focusOutsideFeed, moveFocus } from './roving-focus.ts'

/**
 * Handles a key in a feed, by the ARIA feed pattern. Returns whether it did. Enter opens an article everywhere (open-card.ts).
 * See https://www.w3.org/WAI/ARIA/apg/patterns/feed/.
 */
export function handleFeedKey({ key, ctrlKey, target }: KeyboardEvent): boolean {
  const feed = (target as Element).closest('[role="feed"]')
  if (!feed) return false
  if (ctrlKey) {
    if (key !== 'Home' && key !== 'End') return false
    focusOutsideFeed(feed, key === 'End' ? 1 : -1)
    return true
  }
  if (key === 'PageDown') moveFocus(1)
  else if (key === 'PageUp') moveFocus(-1)
  else return false
  return true
}

/** Moves the focus out of a text box on Escape, so that letters are shortcuts again. The text stays. */
export function blurTextBox({ key, target }: KeyboardEvent): void {
  if (key !== 'Escape' || !(target instanceof HTMLTextAreaElement)) return
  const destination = document.querySelector<HTMLElement>('main article.focal') ?? document.getElementById('main')
  destination?.focus({ preventScroll: true })
}
