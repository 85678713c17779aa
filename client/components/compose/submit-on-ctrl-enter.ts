import type { KeyboardEvent } from 'react'

/** Submits the form on Ctrl or ⌘ and Enter in any of its controls. The focus goes to its text box, where the next text is written. */
export function submitOnCtrlEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (!(event.ctrlKey || event.metaKey) || !isEnter(event)) return
  event.preventDefault()
  if (event.repeat) return
  event.currentTarget.querySelector('textarea')?.focus()
  event.currentTarget.requestSubmit()
}

/** Whether the key is Enter, and not the one that ends a composition. */
export const isEnter = ({ key, nativeEvent }: KeyboardEvent): boolean =>
  // Safari ends a composition before the key that ends it; the key has code 229 then.
  key === 'Enter' && !nativeEvent.isComposing && nativeEvent.keyCode !== 229
