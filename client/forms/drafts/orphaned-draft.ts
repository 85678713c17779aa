import type { ErrorBody } from '../../worker/contract/error.ts'
import { ApiError } from '../net/api.ts'

/** What belongs to a text: its content warning and the form's field `images`. */
type OrphanedFields = { warning: string; images: string }

/** The error body of a reply or rewrite whose activity is gone, with the user's text and what belongs to it. */
type OrphanBody = ErrorBody & { orphan: string; fields: OrphanedFields }

/**
 * Runs a write on an activity. If the activity is gone, adds the user's text to the error, so that the error page can show it.
 * @throws ApiError; `orphanedDraftIn` returns its text.
 */
export async function withOrphanedDraft<T>(form: FormData, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const message = textIn(form, 'message')
    if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 410) || !message.trim()) throw error
    const fields = { warning: textIn(form, 'warning'), images: textIn(form, 'images') }
    const body: OrphanBody = { ...error.data, orphan: message, fields }
    throw new ApiError(error.status, body)
  }
}

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** Returns the text that `withOrphanedDraft` added to an error; null if it added none. */
export const orphanedDraftIn = (error: unknown): string | null =>
  error instanceof ApiError && 'orphan' in error.data ? (error.data as OrphanBody).orphan : null

/** Returns what belongs to that text; undefined if there is none. */
export const orphanedFieldsIn = (error: unknown): OrphanedFields | undefined =>
  error instanceof ApiError && 'orphan' in error.data ? (error.data as OrphanBody).fields : undefined
