import { useQueryClient } from '@tanstack/react-query'
import { useLayoutEffect, useRef } from 'react'
import type { User } from '../../../../worker/contract/user.ts'
import { useApi } from '../../../app-context.tsx'
import { createActivity } from '../../../queries/activities/create-activity.ts'
import { showToast } from '../../../queries/cache/toasts.ts'
import { paths } from '../../../routing/paths.ts'
import { useClock } from '../../../time/clock.tsx'
import { Button } from '../../../ui/button/Button.tsx'
import { useBackToClose } from '../../../ui/use-back-to-close.ts'
import { isFocusLost } from '../../keyboard/focus-position.ts'
import { trapTab } from '../../keyboard/trap-tab.ts'
import { ComposeForm } from '../ComposeForm.tsx'

/** The compose form in a dialog over the page. Closing it, also by Back, keeps the draft; the focus returns, or goes to the page. */
export function ComposeSheet({ viewer, onClose }: { viewer: User; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const clock = useClock()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    dialog.current?.showModal()
    dialog.current?.querySelector('textarea')?.focus()
  }, [])
  useBackToClose(dialog)

  return (
    <dialog
      ref={dialog}
      className="compose-sheet"
      aria-labelledby="compose-sheet-title"
      closedby="any"
      onClose={({ currentTarget }) => {
        // If nothing had the focus before, the browser leaves it inside the closed dialog.
        if (isFocusLost() || currentTarget.contains(document.activeElement)) {
          document.getElementById('main')?.focus({ preventScroll: true })
        }
        onClose()
      }}
      onKeyDown={trapTab}
    >
      <form method="dialog">
        <h2 id="compose-sheet-title">New crud</h2>
        <Button look="quiet" small>
          Close
        </Button>
      </form>
      <ComposeForm
        id="compose-sheet"
        viewer={viewer}
        action={paths.compose()}
        mutation={createActivity({ api, queries }, { viewer, now: clock.now })}
        onAccepted={() => {
          dialog.current?.close()
          showToast(queries, 'Your crud is burning.')
        }}
      />
    </dialog>
  )
}
