import type { KeyboardEvent } from 'react'

type Press = KeyboardEvent<HTMLTextAreaElement>

/** A device with a keyboard: on a touch keyboard, Enter is the only way to break a line. */
export const HAS_KEYBOARD = '(hover: hover) and (pointer: fine)'

/** Submits the form on Ctrl or ⌘ and Enter. */
export function submitOnCtrlEnter(event: Press): void {
  if (event.ctrlKey || event.metaKey) submitOn(event)
}

/** Submits the form on Enter, unless there is nothing to send. Shift and Enter break the line, and so does a touch keyboard. */
export function submitOnEnter(event: Press): void {
  const { shiftKey, altKey, ctrlKey, metaKey } = event
  if (ctrlKey || metaKey || (!shiftKey && !altKey && matchMedia(HAS_KEYBOARD).matches)) submitOn(event)
}

function submitOn(event: Press): void {
  const { key, repeat, nativeEvent, currentTarget } = event
  // Safari ends a composition before the key that ends it; the key has code 229 then.
  if (key !== 'Enter' || nativeEvent.isComposing || nativeEvent.keyCode === 229) return
  event.preventDefault()
  if (!repeat && currentTarget.value.trim() !== '') currentTarget.form?.requestSubmit()
}
