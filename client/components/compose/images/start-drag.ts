/**
 * Follows the pointer that pressed an item of a vertical list, until it is released. Calls `move` with each new position of the item.
 * Listens on the document: an item that moves in the document loses a captured pointer.
 */
export function startDrag(item: HTMLElement, pointerId: number, move: (to: number) => void): void {
  const dragging = new AbortController()
  const { signal } = dragging
  item.classList.add('dragging')
  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return
    event.preventDefault()
    const items = [...(item.parentElement?.children ?? [])]
    const isAbove = (other: Element) => {
      const { top, height } = other.getBoundingClientRect()
      return top + height / 2 < event.clientY
    }
    const to = items.filter((other) => other !== item && isAbove(other)).length
    if (to !== items.indexOf(item)) move(to)
  }
  const onEnd = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return
    dragging.abort()
    item.classList.remove('dragging')
  }
  document.addEventListener('pointermove', onMove, { signal })
  document.addEventListener('pointerup', onEnd, { signal })
  document.addEventListener('pointercancel', onEnd, { signal })
}
