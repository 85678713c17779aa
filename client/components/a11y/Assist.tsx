import { useCallback, useEffect, useRef, useState } from 'react'
import { useViewer } from '../../app-context.tsx'
import { OPEN_SHORTCUT_SHEET } from '../keyboard/open-shortcut-sheet.ts'
import { ShortcutSheet } from '../keyboard/ShortcutSheet.tsx'
import { areShortcutsEnabled, setShortcutsEnabled } from '../keyboard/shortcuts-enabled.ts'
import { useShortcuts } from '../keyboard/use-shortcuts.ts'
import { ANNOUNCED } from './announce.ts'
import { useExpiryAnnouncer } from './use-expiry-announcer.ts'
import { usePageFocus } from './use-page-focus.ts'

/**
 * What the keyboard and assistive tech get besides: shortcuts and their sheet, the focus on a new page, and the one polite
 * voice of the page. It is loaded once the page is in use.
 */
export function Assist() {
  const viewer = useViewer()
  const sheet = useRef<HTMLDialogElement>(null)
  const [said, setSaid] = useState({ id: 0, text: '' })
  const [on, setOn] = useState(areShortcutsEnabled)

  const say = useCallback((text: string) => setSaid(({ id }) => ({ id: id + 1, text })), [])
  const showSheet = useCallback(() => sheet.current?.showModal(), [])
  const go = usePageFocus(say)
  useExpiryAnnouncer(say)
  useShortcuts(on, { viewer, go, say, showSheet })
  useEffect(() => {
    const hear = (event: Event) => say((event as CustomEvent<string>).detail)
    document.addEventListener(OPEN_SHORTCUT_SHEET, showSheet)
    document.addEventListener(ANNOUNCED, hear)
    return () => {
      document.removeEventListener(OPEN_SHORTCUT_SHEET, showSheet)
      document.removeEventListener(ANNOUNCED, hear)
    }
  }, [showSheet, say])

  return (
    <>
      <p className="hidden" role="status">
        <span key={said.id}>{said.text}</span>
      </p>
      <ShortcutSheet
        ref={sheet}
        on={on}
        onSwitch={(on) => {
          setShortcutsEnabled(on)
          setOn(on)
        }}
      />
    </>
  )
}
