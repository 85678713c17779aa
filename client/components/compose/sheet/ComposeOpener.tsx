import { type ComponentType, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { User } from '../../../../worker/contract/user.ts'
import { useViewer } from '../../../app-context.tsx'
import { isPlainClick, pageLinkOf } from '../../../routing/links.ts'
import { paths } from '../../../routing/paths.ts'
import { OPEN_COMPOSER } from './open-composer.ts'

type Sheet = ComponentType<{ viewer: User; onClose: () => void }>

/** Focuses the page's own compose form, if it is in the window. Returns whether it is. */
function focusBoxInView(): boolean {
  const box = document.getElementById('compose')
  const { top = -1, bottom = 0 } = box?.getBoundingClientRect() ?? {}
  if (!box || top < 0 || bottom > innerHeight) return false
  box.focus()
  return true
}

/**
 * Opens the compose form over the page, by links to its page and by `openComposer`. Loads the form on use; if that fails, goes to
 * its page.
 */
export function ComposeOpener() {
  const viewer = useViewer()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [Sheet, setSheet] = useState<Sheet | null>(null)

  const open = useEffectEvent(async () => {
    if (focusBoxInView()) return
    try {
      const { ComposeSheet } = await import('./ComposeSheet.tsx')
      setSheet(() => ComposeSheet)
    } catch {
      void navigate(paths.compose())
    }
  })
  const openOnClick = useEffectEvent((event: MouseEvent) => {
    if (!isPlainClick(event) || pageLinkOf(event)?.getAttribute('href') !== paths.compose()) return
    event.preventDefault()
    void open()
  })

  useLayoutEffect(() => {
    const onOpen = () => void open()
    const onClick = (event: MouseEvent) => openOnClick(event)
    document.addEventListener(OPEN_COMPOSER, onOpen)
    // `capture` runs before the router's listener, which ignores a click with a prevented default.
    document.addEventListener('click', onClick, { capture: true })
    return () => {
      document.removeEventListener(OPEN_COMPOSER, onOpen)
      document.removeEventListener('click', onClick, { capture: true })
    }
  }, [])
  // A link in the form leaves the page that it was opened on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes on a change of the path
  useEffect(() => setSheet(null), [pathname])

  return Sheet && viewer && <Sheet viewer={viewer} onClose={() => setSheet(null)} />
}
