import type { Activity } from '../../../worker/contract/activity.ts'
import { ApiError, read } from '../../net/api.ts'
import type { LoaderContext } from '../../routing/loader-context.ts'
import { showFailure } from '../cache/failure-toast.ts'
import { removeActivity } from '../cache/remove-activity.ts'
import { runMutation } from '../cache/run-mutation.ts'
import { hideToast, showToast } from '../cache/toasts.ts'
import { DELETION_KEY } from './deletions.ts'

type Tools = Pick<LoaderContext, 'api' | 'queries'>

/** How long a deletion can be undone, in ms. It is sent after that. */
const UNDO_MS = 5_000

/** Error of a deletion that was undone: an ended mutation that deleted nothing. */
class Undone extends Error {}

/** The deletions that can be undone, each by a function. */
const undoable = new Set<() => void>()

/** Hides an activity, offers to undo that, and deletes it after five seconds, or when the page is left before. */
export async function deleteWithUndo(tools: Tools, activity: Activity): Promise<void> {
  const { queries } = tools
  const { uuid } = activity
  if (queries.isMutating({ mutationKey: DELETION_KEY, predicate: ({ state }) => state.variables === uuid })) return
  const undo = { label: 'Undo', run: () => undoAll() }
  const deletion = runMutation(queries, { mutationKey: DELETION_KEY, mutationFn: () => sendLater(tools, uuid) }, uuid)
  showToast(queries, deletedSentence(activity, undoable.size + 1), undo)
  try {
    await deletion
    hideToast(queries, undo)
  } catch (error) {
    if (error instanceof Undone) hideToast(queries, undo)
    else showFailure(queries, 'Your crud wasn’t deleted.', error)
  }
}

function deletedSentence({ replies_count }: Activity, count: number): string {
  if (count > 1) return `${count} cruds deleted.`
  return replies_count > 0 ? 'Deleted, with its replies.' : 'Deleted.'
}

function undoAll(): void {
  for (const undo of undoable) undo()
}

/** Deletes an activity once it can no longer be undone. @throws Undone, or the error of the request. */
async function sendLater(tools: Tools, uuid: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const undo = () => reject(new Undone())
  // The request must begin within the event, and `keepalive` lets it outlast the page.
  const sendNow = () => resolve(send(tools, uuid, { keepalive: true }))
  const timer = setTimeout(() => resolve(send(tools, uuid)), UNDO_MS)
  undoable.add(undo)
  addEventListener('pagehide', sendNow)
  try {
    await promise
  } finally {
    clearTimeout(timer)
    undoable.delete(undo)
    removeEventListener('pagehide', sendNow)
  }
  removeActivity(tools.queries, uuid)
}

async function send({ api }: Tools, uuid: string, init: RequestInit = {}): Promise<void> {
  try {
    await read(api.activities[':uuid'].$delete({ param: { uuid } }, { init }))
  } catch (error) {
    // Already deleted in another tab, or expired.
    if (!(error instanceof ApiError && error.status === 410)) throw error
  }
}
