import type { ErrorBody } from '../../worker/contract/error.ts'
import { ApiError } from '../net/api.ts'

/** The error of a reply or rewrite whose activity was gone, with the text. */
type OrphanBody = ErrorBody & { orphan: string }

/**
 * Runs a write about an activity. If that is gone, the error carries the text to the error page, so that it is not lost.
 * @throws ApiError with the text (`orphanedDraftIn`).
 */
export async function keepingDraft<T>(message: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 410) || !message.trim()) throw error
    const body: OrphanBody = { ...error.data, orphan: message }
    throw new ApiError(error.status, body)
  }
}

/** The text of such an error; null for any other. */
export const orphanedDraftIn = (error: unknown): string | null =>
  error instanceof ApiError && 'orphan' in error.data ? (error.data as OrphanBody).orphan : null
