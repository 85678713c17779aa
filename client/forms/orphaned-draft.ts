import type { ErrorBody } from '../../worker/contract/error.ts'
import { ApiError } from '../net/api.ts'

/** The error body of a reply or rewrite whose activity is gone, with the user's text and the field `images`. */
type OrphanBody = ErrorBody & { orphan: string; images: string }

/**
 * Runs a write on an activity. If the activity is gone, adds the user's text and images to the error, so that the error page can show
 * them.
 * @throws ApiError; `orphanedDraftIn` returns its text.
 */
export async function withOrphanedDraft<T>(message: string, work: () => Promise<T>, images = ''): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 410) || !message.trim()) throw error
    const body: OrphanBody = { ...error.data, orphan: message, images }
    throw new ApiError(error.status, body)
  }
}

/** Returns the text that `withOrphanedDraft` added to an error; null if it added none. */
export const orphanedDraftIn = (error: unknown): string | null =>
  error instanceof ApiError && 'orphan' in error.data ? (error.data as OrphanBody).orphan : null

/** Returns the images that `withOrphanedDraft` added to an error, as a form's field `images` has them. */
export const orphanedImagesIn = (error: unknown): string =>
  error instanceof ApiError && 'images' in error.data ? (error.data as OrphanBody).images : ''
