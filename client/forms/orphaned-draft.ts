import type { ErrorBody } from '../../worker/contract/error.ts'
import { ApiError } from '../net/api.ts'

/** What an answer or a rewriting says of a crud that was not there any more: with the words that were meant for it. */
type OrphanBody = ErrorBody & { orphan: string }

/**
 * Does what a form asks for about a crud. When that has ended meanwhile, the page of its end gets the words, so that they
 * are not lost with it.
 * @throws ApiError with the words, for the page of the error (`orphanIn`).
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

/** The words of a person whose crud ended while they wrote; null for any other error. */
export const orphanedDraftIn = (error: unknown): string | null =>
  error instanceof ApiError && 'orphan' in error.data ? (error.data as OrphanBody).orphan : null
