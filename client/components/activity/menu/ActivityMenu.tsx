import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef, useState } from 'react'
import type { Activity } from '../../../../worker/contract/activity.ts'
import type { User } from '../../../../worker/contract/user.ts'
import { useApi } from '../../../app-context.tsx'
import { isPlainClick } from '../../../routing/links.ts'
import { type FocusPosition, focusPosition, isFocusLost, restoreFocus } from '../../keyboard/focus-position.ts'
import { type MenuItem, menuItems } from './menu-items.ts'

export type ActivityMenuProps = {
  activity: Activity
  viewer: User
  /** What opened it: the menu is shown beside it, and the focus returns to it. */
  button: HTMLElement
  onClose: () => void
}

/** Space between the menu and the edge of the window, in px. */
const MARGIN = 8

/** The menu of an activity: a modal dialog, at the bottom of a phone and beside its button on wider screens. */
export function ActivityMenu({ activity, viewer, button, onClose }: ActivityMenuProps) {
  const tools = { api: useApi(), queries: useQueryClient() }
  const dialog = useRef<HTMLDialogElement>(null)
  const position = useRef<FocusPosition>(null)
  const [items, setItems] = useState<readonly MenuItem[]>(() => menuItems(activity, viewer))

  useLayoutEffect(() => {
    position.current ??= focusPosition()
    if (dialog.current?.open === false) dialog.current.showModal()
    if (dialog.current) placeBeside(dialog.current, button)
  }, [button])

  // biome-ignore lint/correctness/useExhaustiveDependencies: focuses the first item whenever other items are shown
  useLayoutEffect(() => {
    dialog.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
  }, [items])

  const choose = (item: MenuItem, event: MouseEvent) => {
    if ('items' in item) return setItems(item.items)
    if (!isPlainClick(event)) return
    dialog.current?.close()
    if (!item.run) return
    event.preventDefault()
    if (position.current) refocusWhenRemoved(position.current)
    void item.run(tools)
  }

  return (
    <dialog
      ref={dialog}
      className="activity-menu"
      closedby="any"
      aria-label="More about this crud"
      onClose={onClose}
      onKeyDown={moveFocus}
      // For browsers without `closedby`: a press beside the menu.
      onClick={({ target, currentTarget }) => target === currentTarget && currentTarget.close()}
    >
      <div role="menu" aria-label="More about this crud">
        {items.map((item) => (
          <Item key={item.label} item={item} onChoose={choose} />
        ))}
      </div>
    </dialog>
  )
}

function Item({ item, onChoose }: { item: MenuItem; onChoose: (item: MenuItem, event: MouseEvent) => void }) {
  const props = {
    role: 'menuitem',
    className: item.danger && 'danger',
    onClick: (event: MouseEvent) => onChoose(item, event),
  }
  const content = (
    <>
      {item.label} {item.hint && <small>{item.hint}</small>}
    </>
  )
  return 'to' in item ? (
    <a {...props} href={item.to}>
      {content}
    </a>
  ) : (
    <button {...props} type="button">
      {content}
    </button>
  )
}

/** Moves the focus to the next card once the focused one is removed: it was deleted, or its author muted. */
function refocusWhenRemoved(position: FocusPosition): void {
  const observer = new MutationObserver(() => {
    if (!isFocusLost()) return
    observer.disconnect()
    restoreFocus(position)
  })
  observer.observe(document.getElementById('main') ?? document.body, { childList: true, subtree: true })
  // The focus was moved on purpose, or there was nothing to remove.
  for (const name of ['keydown', 'pointerdown']) {
    document.addEventListener(name, () => observer.disconnect(), { once: true })
  }
}

/** Moves the focus with the arrow keys, Home, End and Tab. Escape closes a dialog by itself. */
function moveFocus(event: KeyboardEvent<HTMLDialogElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')]
  const index = items.findIndex((item) => item.matches(':focus'))
  const next = new Map([
    ['ArrowDown', index + 1],
    ['ArrowUp', index - 1],
    ['Tab', event.shiftKey ? index - 1 : index + 1],
    ['Home', 0],
    ['End', -1],
  ]).get(event.key)
  if (next === undefined) return
  event.preventDefault()
  items.at(next % items.length)?.focus()
}

/** Sets where the menu is on a wide screen: below its button, or above it where there is no room. */
function placeBeside(menu: HTMLElement, button: HTMLElement): void {
  const { top, bottom, right } = button.getBoundingClientRect()
  const { offsetHeight, offsetWidth } = menu
  const y = bottom + offsetHeight + MARGIN > innerHeight ? Math.max(MARGIN, top - offsetHeight) : bottom
  const x = Math.max(MARGIN, Math.min(right - offsetWidth, innerWidth - offsetWidth - MARGIN))
  menu.style.setProperty('--menu-x', `${x}px`)
  menu.style.setProperty('--menu-y', `${y}px`)
}
