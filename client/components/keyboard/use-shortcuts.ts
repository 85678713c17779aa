import { useEffectEvent, useLayoutEffect } from 'react'
import { blurTextBox, handleFeedKey } from './feed-keys.ts'
import { SHORTCUTS, type ShortcutActions } from './shortcuts.ts'

const HANDLERS = new Map(SHORTCUTS.flatMap(({ shortcuts }) => shortcuts.map(({ keys, run }) => [keys, run] as const)))

/** Longest time between the two keys of a sequence, in ms. */
const SEQUENCE_TIMEOUT_MS = 1_500

/** Elements that handle typed keys themselves. */
const FIELDS = 'input, textarea, select, [contenteditable]'

/** Returns a key as `SHORTCUTS` names it. Ignores Caps Lock; on a non-Latin keyboard, takes the Latin letter of its position. */
function keyName({ key, code, shiftKey }: KeyboardEvent): string {
  if (key.length === 1 && key > '~' && code.startsWith('Key')) return code.slice(3).toLowerCase()
  return shiftKey ? key : key.toLowerCase()
}

/** Handles shortcuts and the keys of feeds. Not while a dialog is open, nor with Alt or Meta; in a field only Escape. */
export function useShortcuts(enabled: boolean, actions: ShortcutActions): void {
  /** Handles a key pressed after `firstKey` ('': none). Returns this key if it may start a sequence, else ''. */
  const press = useEffectEvent((event: KeyboardEvent, firstKey: string): string => {
    const { target, defaultPrevented, isComposing, metaKey, altKey, ctrlKey, repeat } = event
    if (defaultPrevented || isComposing || metaKey || altKey || document.querySelector('dialog[open]')) return ''
    if ((target as Element).closest(FIELDS)) {
      blurTextBox(event)
      return ''
    }
    if (handleFeedKey(event)) event.preventDefault()
    else if (!ctrlKey) {
      const key = keyName(event)
      const run = HANDLERS.get(`${firstKey} ${key}`) ?? HANDLERS.get(key)
      if (!run) return key
      event.preventDefault()
      // A key held down repeats only to move through a list.
      if (!repeat || key === 'j' || key === 'k') run(actions)
    }
    return ''
  })

  useLayoutEffect(() => {
    if (!enabled) return
    let firstKey = ''
    let pressedAt = 0
    const listen = (event: KeyboardEvent) => {
      firstKey = press(event, event.timeStamp - pressedAt < SEQUENCE_TIMEOUT_MS ? firstKey : '')
      pressedAt = event.timeStamp
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [enabled])
}
