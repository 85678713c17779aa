import { AppError } from '../contract/app-error.ts'
import { LAUNCHED_AT } from '../contract/limits.ts'

/** The time in a version 7 uuid, in milliseconds since the epoch (RFC 9562, 5.7); undefined for other versions. */
function uuidTime(uuid: string): number | undefined {
  const hex = uuid.replaceAll('-', '')
  return hex[12] === '7' ? Number.parseInt(hex.slice(0, 12), 16) : undefined
}

/**
 * Why a uuid is not among the live rows. We keep no tombstones: one that could have been ours is gone (410), whether
 * it expired, was deleted or was swept; any other was never here (404).
 */
export function notFoundOrGone(uuid: string): AppError {
  const time = uuidTime(uuid)
  const couldHaveBeen = time !== undefined && time >= LAUNCHED_AT && time <= Date.now()
  return new AppError(couldHaveBeen ? 'gone' : 'not_found')
}

/** Runs a write that raises CR410 for what the viewer may not see, and makes 404 or 410 of that. */
export async function orNotFoundOrGone<T>(uuid: string, write: Promise<T>): Promise<T> {
  try {
    return await write
  } catch (error) {
    throw error instanceof AppError && error.has('gone') ? notFoundOrGone(uuid) : error
  }
}
