import type { ErrorBody } from '../../worker/contract/error.ts'
import { ApiError } from '../net/api.ts'

/** The error body of a reply or rewrite whose activity is gone, with the user's text and its content warning. */
type OrphanBody = ErrorBody & { orphan: string; warning: string }

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
    const body: OrphanBody = { ...error.data, orphan: message, warning: textIn(form, 'warning') }
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

/** Returns the content warning of that text; '' if it has none. */
export const orphanedWarningIn = (error: unknown): string =>
  error instanceof ApiError && 'orphan' in error.data ? (error.data as OrphanBody).warning : ''
