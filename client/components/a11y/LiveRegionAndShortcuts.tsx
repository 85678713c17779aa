import { useCallback, useEffect, useRef, useState } from 'react'
import { useViewer } from '../../app-context.tsx'
import { OPEN_SHORTCUT_SHEET } from '../keyboard/open-shortcut-sheet.ts'
import { ShortcutSheet } from '../keyboard/ShortcutSheet.tsx'
import { areShortcutsEnabled, setShortcutsEnabled } from '../keyboard/shortcuts-enabled.ts'
import { useShortcuts } from '../keyboard/use-shortcuts.ts'
import { ANNOUNCE_EVENT } from './announce.ts'
import { useExpiryAnnouncer } from './use-expiry-announcer.ts'
import { usePageFocus } from './use-page-focus.ts'

/**
 * The page's live region and the shortcut sheet, with keyboard shortcuts and focus management. Lazy-loaded: nothing here is
 * needed before hydration.
 */
export function LiveRegionAndShortcuts() {
  const viewer = useViewer()
  const sheet = useRef<HTMLDialogElement>(null)
  // The id makes a repeated text a new element, so that it is announced again.
  const [announcement, setAnnouncement] = useState({ id: 0, text: '' })
  const [enabled, setEnabled] = useState(areShortcutsEnabled)

  const announce = useCallback((text: string) => setAnnouncement(({ id }) => ({ id: id + 1, text })), [])
  const showSheet = useCallback(() => sheet.current?.showModal(), [])
  const go = usePageFocus(announce)
  useExpiryAnnouncer(announce)
  useShortcuts(enabled, { viewer, go, announce, showSheet })
  useEffect(() => {
    const onAnnounce = (event: Event) => announce((event as CustomEvent<string>).detail)
    document.addEventListener(OPEN_SHORTCUT_SHEET, showSheet)
    document.addEventListener(ANNOUNCE_EVENT, onAnnounce)
    return () => {
      document.removeEventListener(OPEN_SHORTCUT_SHEET, showSheet)
      document.removeEventListener(ANNOUNCE_EVENT, onAnnounce)
    }
  }, [showSheet, announce])

  return (
    <>
      <p className="visually-hidden" role="status">
        <span key={announcement.id}>{announcement.text}</span>
      </p>
      <ShortcutSheet
        ref={sheet}
        enabled={enabled}
        onToggle={(enabled) => {
          setShortcutsEnabled(enabled)
          setEnabled(enabled)
        }}
      />
    </>
  )
}
