import type { KeyboardEvent } from 'react'

/** Submits the form on Ctrl or ⌘ and Enter. */
export function submitOnCtrlEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.ctrlKey || event.metaKey) submitOn(event)
}

/** Submits the form if the key is Enter and there is something to send. */
export function submitOn(event: KeyboardEvent<HTMLTextAreaElement>): void {
  const { key, repeat, nativeEvent, currentTarget } = event
  // Safari ends a composition before the key that ends it; the key has code 229 then.
  if (key !== 'Enter' || nativeEvent.isComposing || nativeEvent.keyCode === 229) return
  event.preventDefault()
  if (!repeat && currentTarget.value.trim() !== '') currentTarget.form?.requestSubmit()
}
