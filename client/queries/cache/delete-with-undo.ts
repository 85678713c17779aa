import type { QueryClient } from '@tanstack/react-query'
import { paths } from '../../routing/paths.ts'
import { DELETION_KEY } from './deletions.ts'
import { showFailure } from './failure-toast.ts'
import { runMutation } from './run-mutation.ts'
import { hideToast, showToast } from './toasts.ts'

/** A deletion of one thing. */
export type Deletion = {
  uuid: string
  /** What the toast says while the deletion can be undone, and what it says if the request fails later. */
  deletedText: string
  failureText: string
  send: (init: RequestInit) => Promise<void>
  /** Removes the deleted thing from the cache. */
  remove: () => void
}

/** How long a deletion can be undone, in ms. It is sent after that. */
const UNDO_MS = 5_000

/** How long signing out waits for a deletion, in ms. */
const SIGN_OUT_WAIT_MS = 3_000

/** Error of a deletion that was undone: an ended mutation that deleted nothing. */
class UndoneError extends Error {}

/** The deletions that can be undone, each by a function. */
const undoable = new Set<() => void>()

/** Hides something (see `useDeletions`), offers to undo that, and deletes it after five seconds, or when the page is left before. */
export async function deleteWithUndo(queries: QueryClient, deletion: Deletion): Promise<void> {
  const { uuid, deletedText, failureText } = deletion
  if (queries.isMutating({ mutationKey: DELETION_KEY, predicate: ({ state }) => state.variables === uuid })) return
  const undo = { label: 'Undo', run: () => undoAll(queries) }
  const mutationFn = () => sendLater(deletion, () => hideToast(queries, undo))
  const running = runMutation(queries, { mutationKey: DELETION_KEY, mutationFn }, uuid)
  showToast(queries, undoable.size > 0 ? `${undoable.size + 1} deleted.` : deletedText, undo)
  try {
    await running
  } catch (error) {
    if (!(error instanceof UndoneError)) return showFailure(queries, failureText, error)
    // The focus moves to what is shown again, so that keys go on from there. The end of the mutation has scheduled its rendering.
    setTimeout(() => document.getElementById(uuid)?.focus())
  }
}

/** Undoes all deletions that were not sent, and says so. */
function undoAll(queries: QueryClient): void {
  showToast(queries, undoable.size > 1 ? 'They’re back.' : 'It’s back.')
  for (const undo of undoable) undo()
}

/** Sends a deletion once it can no longer be undone, and calls `onSend` then. @throws UndoneError, or the error of the request. */
async function sendLater({ send, remove }: Deletion, onSend: () => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const undo = () => reject(new UndoneError())
  const sendOnce = () => {
    if (!undoable.delete(undo)) return
    onSend()
    // So that it outlasts the page.
    resolve(send({ keepalive: true }))
  }
  const timer = setTimeout(sendOnce, UNDO_MS)
  undoable.add(undo)
  addEventListener('pagehide', sendOnce)
  // Signing out waits for the deletion, which needs the session and may be on its way.
  const beforeSignOut = (event: SubmitEvent) => {
    const { target: form, submitter } = event
    if (!(form instanceof HTMLFormElement) || new URL(form.action).pathname !== paths.signOut()) return
    event.preventDefault()
    event.stopImmediatePropagation()
    document.removeEventListener('submit', beforeSignOut, { capture: true })
    sendOnce()
    const waited = new Promise((end) => setTimeout(end, SIGN_OUT_WAIT_MS))
    void Promise.race([promise.catch(() => {}), waited]).then(() => form.requestSubmit(submitter))
  }
  document.addEventListener('submit', beforeSignOut, { capture: true })
  try {
    await promise
  } finally {
    clearTimeout(timer)
    undoable.delete(undo)
    removeEventListener('pagehide', sendOnce)
    document.removeEventListener('submit', beforeSignOut, { capture: true })
  }
  remove()
}
