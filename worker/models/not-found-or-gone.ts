import { AppError } from '../contract/app-error.ts'

/** Launch of the site, Unix time in ms. No activity has an older uuid. */
export const LAUNCHED_AT = Date.parse('2026-10-01T00:00:00Z')

/** Returns the time in a version 7 uuid, Unix time in ms (RFC 9562, 5.7); undefined for other versions. */
function uuidTime(uuid: string): number | undefined {
  const hex = uuid.replaceAll('-', '')
  return hex[12] === '7' ? Number.parseInt(hex.slice(0, 12), 16) : undefined
}

/**
 * Returns the error for a uuid without a live row. There are no tombstones: a uuid that could have been ours is gone (410),
 * whether it expired or was deleted; any other never existed (404).
 */
export function notFoundOrGone(uuid: string): AppError {
  const time = uuidTime(uuid)
  const couldBeOurs = time !== undefined && time >= LAUNCHED_AT && time <= Date.now()
  return new AppError(couldBeOurs ? 'gone' : 'not_found')
}

/** Awaits a write that raises CR410 for an invisible activity; turns that into not_found or gone. */
export async function orNotFoundOrGone<T>(uuid: string, write: Promise<T>): Promise<T> {
  try {
    return await write
  } catch (error) {
    throw error instanceof AppError && error.has('gone') ? notFoundOrGone(uuid) : error
  }
}
