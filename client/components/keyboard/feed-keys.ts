import { leaveList, moveFocus } from './roving-focus.ts'

/** What a feed does with a key, as assistive tech expects it of one. @returns whether the key was meant for it */
export function handleFeedKey({ key, ctrlKey, target }: KeyboardEvent): boolean {
  const feed = (target as Element).closest('[role="feed"]')
  if (!feed) return false
  if (ctrlKey) {
    if (key !== 'Home' && key !== 'End') return false
    leaveList(feed, key === 'End' ? 1 : -1)
    return true
  }
  if (key === 'PageDown') moveFocus(1)
  else if (key === 'PageUp') moveFocus(-1)
  else if (key === 'Enter' && target instanceof HTMLElement && target.matches('article'))
    target.querySelector<HTMLElement>('a.left')?.click()
  else return false
  return true
}

/** Escape leads out of a text box, so that letters are shortcuts again; what was typed stays. */
export function blurTextBox({ key, target }: KeyboardEvent): void {
  if (key !== 'Escape' || !(target instanceof HTMLTextAreaElement)) return
  const beside = document.querySelector<HTMLElement>('main article.alone') ?? document.getElementById('main')
  beside?.focus({ preventScroll: true })
}
