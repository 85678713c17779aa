import { useCallback, useEffect, useRef, useState } from 'react'
import { useViewer } from '../../lib/app-context.tsx'
import { SHEET_ASKED } from './ask-for-sheet.ts'
import { ShortcutSheet } from './ShortcutSheet.tsx'
import { SPOKEN } from './speak.ts'
import { areShortcutsOn, turnShortcuts } from './switch.ts'
import { useEndings } from './use-endings.ts'
import { usePageFocus } from './use-page-focus.ts'
import { useShortcuts } from './use-shortcuts.ts'

/**
 * What the keyboard and assistive tech get besides: shortcuts and their sheet, the focus on a new page, and the one polite
 * voice of the page. It is loaded once the page is in use.
 */
export function Assist() {
  const viewer = useViewer()
  const sheet = useRef<HTMLDialogElement>(null)
  const [said, setSaid] = useState({ id: 0, text: '' })
  const [on, setOn] = useState(areShortcutsOn)

  const say = useCallback((text: string) => setSaid(({ id }) => ({ id: id + 1, text })), [])
  const showSheet = useCallback(() => sheet.current?.showModal(), [])
  const go = usePageFocus(say)
  useEndings(say)
  useShortcuts(on, { viewer, go, say, showSheet })
  useEffect(() => {
    const hear = (event: Event) => say((event as CustomEvent<string>).detail)
    document.addEventListener(SHEET_ASKED, showSheet)
    document.addEventListener(SPOKEN, hear)
    return () => {
      document.removeEventListener(SHEET_ASKED, showSheet)
      document.removeEventListener(SPOKEN, hear)
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
          turnShortcuts(on)
          setOn(on)
        }}
      />
    </>
  )
}
