import type { KeyboardEvent } from 'react'

/** Elements that Tab can reach. Of radio buttons it reaches the checked one. */
const STOPS = 'a[href], button, input:not([type=hidden], [type=radio]:not(:checked)), select, textarea'

/** Keeps Tab inside a dialog: after the last element comes the first, not the browser's own controls. */
export function trapTab(event: KeyboardEvent<HTMLDialogElement>): void {
  if (event.key !== 'Tab') return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => stop.checkVisibility())
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]]
  if (document.activeElement !== from) return
  event.preventDefault()
  to?.focus()
}
