import type { KeyboardEvent } from 'react'
import { isEnter } from '../compose/submit-on-ctrl-enter.ts'

/** A device with a keyboard: on a touch keyboard, Enter is the only way to break a line. */
export const HAS_KEYBOARD = '(hover: hover) and (pointer: fine)'

/** Submits the form on Enter, unless there is nothing to send. Shift and Enter break the line, and so does a touch keyboard. */
export function submitOnEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  const { shiftKey, altKey, ctrlKey, metaKey, currentTarget, repeat } = event
  const submits = ctrlKey || metaKey || (!shiftKey && !altKey && matchMedia(HAS_KEYBOARD).matches)
  if (!submits || !isEnter(event)) return
  event.preventDefault()
  if (!repeat && currentTarget.value.trim() !== '') currentTarget.form?.requestSubmit()
}
