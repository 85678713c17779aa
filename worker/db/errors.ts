import { AppError } from '../contract/app-error.ts'
import type { ErrorCode, ErrorItem } from '../contract/error.ts'

/**
 * What the driver tells of a failure. `detail` can hold a whole row, so it is read by nobody. Whatever else is thrown has
 * fields of its own by these names: the code of a DOMException is a number.
 */
type SqlFailure = { code?: unknown; constraint?: unknown }

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** A violated constraint, by the name that the migrations gave it. */
const BY_CONSTRAINT: Record<string, ErrorItem> = {
  users__handle: { code: 'handle_taken', field: 'handle' },
  users__handle_form: { code: 'handle_invalid', field: 'handle' },
  follows__not_self: { code: 'follow_self' },
  blocks__not_self: { code: 'block_self' },
  mutes__not_self: { code: 'mute_self' },
  follow_requests__not_self: { code: 'follow_self' },
  circle_members__not_self: { code: 'circle_self' },
}

/** SQLSTATEs that our functions raise. */
const BY_STATE: Record<string, ErrorCode | ErrorItem[]> = {
  CR401: 'session_ended',
  CR403: 'not_yours',
  CR404: 'handle_required',
  CR40R: 'password_reset_required',
  // An activity or message group that the viewer may not see; models/not-found-or-gone.ts says whether that is 404 or 410.
  CR410: 'gone',
  // What a replayed idempotency key had made has expired since.
  CR411: 'gone',
  CR414: 'not_found',
  CR415: [{ code: 'recipient_unreachable', field: 'handle' }],
  CR422: [{ code: 'idempotency_key_reused', field: 'Idempotency-Key' }],
  CR42L: [{ code: 'message_exceed_max_chars', field: 'message' }],
  CR42R: 'not_repostable',
  CR42T: [{ code: 'not_top_level', field: 'who_can_reply' }],
  CR43R: 'reply_not_allowed',
}

/** Classes that say "the database cannot answer now": connection, resources, operator intervention, system. */
const UNAVAILABLE = new Set(['08', '53', '57', '58'])

export const sqlState = (error: unknown): string | undefined => text((error as SqlFailure | null)?.code)

/** Deadlock or serialization failure. */
const isConflict = (error: unknown): boolean => ['40P01', '40001'].includes(sqlState(error) ?? '')

/**
 * A conflict, or a reference to a row that was there when the statement began (somebody's account went at this moment): the
 * same batch may well succeed at once, seeing what is there now.
 */
export const isTransient = (error: unknown): boolean => isConflict(error) || sqlState(error) === '23503'

/** The one place that knows SQLSTATEs and constraint names. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = sqlState(error)
  const constraint = text((error as SqlFailure | null)?.constraint)
  const item = constraint ? BY_CONSTRAINT[constraint] : undefined
  if (item) return new AppError([item], { cause: error })
  const known = code ? BY_STATE[code] : undefined
  if (known) return new AppError(known, { cause: error })
  // Without a SQLSTATE it was the way to the database that failed.
  if (!code || UNAVAILABLE.has(code.slice(0, 2)) || isConflict(error)) {
    return new AppError('database_unavailable', { cause: error })
  }
  return new AppError('internal', { cause: error })
}
