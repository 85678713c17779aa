import { useEffect, useEffectEvent } from 'react'
import { blurTextBox, handleFeedKey } from './feed-keys.ts'
import { SHORTCUTS, type ShortcutActions } from './shortcuts.ts'

const ACTS = new Map(SHORTCUTS.flatMap(({ shortcuts }) => shortcuts.map(({ keys, act }) => [keys, act] as const)))

/** How long the second key of two may take, ms. */
const PATIENCE = 1_500

/** What is pressed there is typed, or moves a choice. */
const FIELD = 'input, textarea, select, [contenteditable]'

/** What a key means: a letter by its place, where the keyboard has letters of another kind; Caps Lock makes no difference. */
function meaningOf({ key, code, shiftKey }: KeyboardEvent): string {
  if (key.length === 1 && key > '~' && code.startsWith('Key')) return code.slice(3).toLowerCase()
  return shiftKey ? key : key.toLowerCase()
}

/** Listens for shortcuts while they are `on`: never in a field or a dialog, and never with a modifier. */
export function useShortcuts(on: boolean, hands: ShortcutActions): void {
  /** Takes a key after `first`. @returns what the next one comes after: this, when it may be the first of two */
  const press = useEffectEvent((event: KeyboardEvent, first: string): string => {
    const { target, defaultPrevented, isComposing, metaKey, altKey, ctrlKey, repeat } = event
    if (defaultPrevented || isComposing || metaKey || altKey || document.querySelector('dialog[open]')) return ''
    if ((target as Element).closest(FIELD)) {
      blurTextBox(event)
      return ''
    }
    if (handleFeedKey(event)) event.preventDefault()
    else if (!ctrlKey) {
      const key = meaningOf(event)
      const act = ACTS.get(`${first} ${key}`) ?? ACTS.get(key)
      if (!act) return key
      event.preventDefault()
      // Held down, a key goes through a list, and does nothing twice.
      if (!repeat || key === 'j' || key === 'k') act(hands)
    }
    return ''
  })

  useEffect(() => {
    if (!on) return
    let first = ''
    let at = 0
    const listen = (event: KeyboardEvent) => {
      first = press(event, event.timeStamp - at < PATIENCE ? first : '')
      at = event.timeStamp
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [on])
}
