import type { ErrorBody } from '../../../worker/contract/error.ts'
import { ApiError } from '../../net/api.ts'
import { field } from '../field.ts'

/** The text of a reply or rewrite whose activity expired or was deleted while the user wrote: its form has no page any more. */
type OrphanedDraft = { message: string; warning: string; images: string }

type OrphanBody = ErrorBody & { orphan: OrphanedDraft }

/**
 * Runs a write on an activity. If the activity does not exist any more, adds the draft to the error, so that the error page can show it.
 * @throws ApiError; `orphanedDraftIn` returns its draft.
 */
export async function withOrphanedDraft<T>(form: FormData, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const message = field(form, 'message')
    if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 410) || !message.trim()) throw error
    const orphan = { message, warning: field(form, 'warning'), images: field(form, 'images') }
    const body: OrphanBody = { ...error.data, orphan }
    throw new ApiError(error.status, body)
  }
}

/** Returns the draft that `withOrphanedDraft` added to an error; null if it added none. */
export const orphanedDraftIn = (error: unknown): OrphanedDraft | null =>
  error instanceof ApiError && 'orphan' in error.data ? (error.data as OrphanBody).orphan : null
