import { type RefObject, useLayoutEffect } from 'react'

/**
 * Makes Back close an open dialog, also where the page is the first entry of this document: adds an entry for the dialog, and removes
 * it when the dialog is closed by other means. The router does not see these steps, which change no location.
 */
export function useBackToClose(dialog: RefObject<HTMLDialogElement | null>): void {
  // With the dialog: Back may follow at once.
  useLayoutEffect(() => {
    const element = dialog.current
    const onPop = (event: PopStateEvent) => {
      event.stopImmediatePropagation()
      element?.removeEventListener('close', goBack)
      element?.close()
    }
    // Leads to `onPop`, which is not removed until then.
    const goBack = () => history.back()
    history.pushState(history.state, '')
    window.addEventListener('popstate', onPop, { capture: true, once: true })
    element?.addEventListener('close', goBack, { once: true })
    return () => {
      // Removed without having been closed: the page has changed.
      if (element?.open) window.removeEventListener('popstate', onPop, { capture: true })
    }
  }, [dialog])
}
