import type { ErrorBody } from '../../worker/contract/error.ts'
import { ApiError } from '../net/api.ts'

/** The error body of a reply or rewrite whose activity is gone, with the user's text. */
type OrphanBody = ErrorBody & { orphan: string }

/**
 * Runs a write on an activity. If the activity is gone, adds the user's text to the error, so that the error page can show it.
 * @throws ApiError; `orphanedDraftIn` returns its text.
 */
export async function withOrphanedDraft<T>(message: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 410) || !message.trim()) throw error
    const body: OrphanBody = { ...error.data, orphan: message }
    throw new ApiError(error.status, body)
  }
}

/** Returns the text that `keepingDraft` added to an error; null if it added none. */
export const orphanedDraftIn = (error: unknown): string | null =>
  error instanceof ApiError && 'orphan' in error.data ? (error.data as OrphanBody).orphan : null
