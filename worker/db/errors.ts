import { AppError } from '../contract/app-error.ts'
import type { ErrorCode, ErrorItem } from '../contract/error.ts'

/**
 * The fields of a driver's error that we use. Never read `detail`: it can hold a whole row. Other errors may have these fields
 * with other types: the code of a DOMException is a number.
 */
type SqlFailure = { code?: unknown; constraint?: unknown; hint?: unknown }

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** Errors of violated constraints, by the constraint's name. */
const BY_CONSTRAINT: Record<string, ErrorItem> = {
  users__handle: { code: 'handle_taken', field: 'handle' },
  users__handle_form: { code: 'handle_invalid', field: 'handle' },
  follows__not_self: { code: 'follow_self' },
  blocks__not_self: { code: 'block_self' },
  mutes__not_self: { code: 'mute_self' },
  follow_requests__not_self: { code: 'follow_self' },
  circle_members__not_self: { code: 'circle_self' },
}

/** Error codes by SQLSTATE that our functions raise. */
const BY_STATE: Record<string, ErrorCode | ErrorItem[]> = {
  CR401: 'session_ended',
  CR403: 'not_yours',
  CR409: [{ code: 'image_attached', field: 'images' }],
  CR404: 'handle_required',
  CR40R: 'password_reset_required',
  // An activity or message group that the viewer may not see; models/not-found-or-gone.ts says whether that is 404 or 410.
  CR410: 'gone',
  // The activity or message of a replayed idempotency key has expired.
  CR411: 'gone',
  CR414: 'not_found',
  CR41R: 'not_a_request',
  CR415: [{ code: 'recipient_unreachable', field: 'handle' }],
  CR422: [{ code: 'idempotency_key_reused', field: 'Idempotency-Key' }],
  CR42A: [{ code: 'alt_blank', field: 'images' }],
  CR42I: [{ code: 'image_unknown', field: 'images' }],
  CR42L: [{ code: 'message_exceed_max_chars', field: 'message' }],
  CR42M: [{ code: 'mention_missing', field: 'message' }],
  CR42R: 'not_repostable',
  CR42T: [{ code: 'not_top_level', field: 'who_can_reply' }],
  CR43R: 'reply_not_allowed',
  CR43S: 'suspended',
  CR45A: 'already_appealed',
  CR45D: 'report_decided',
  CR45I: 'decision_invalid',
  CR45L: 'appeal_too_late',
  CR45O: 'another_moderator',
  CR45S: 'report_self',
}

/** Error codes of daily limits, by SQLSTATE. The error's hint is when the limit ends (sql/functions/limits/spend_daily_limit.sql). */
const BY_LIMIT: Record<string, ErrorCode> = { CR429: 'stranger_messages_used_up', CR42N: 'new_account_limit' }

/** SQLSTATE classes of an unavailable database: connection, resources, operator intervention, system. */
const UNAVAILABLE = new Set(['08', '53', '57', '58'])

export const sqlState = (error: unknown): string | undefined => text((error as SqlFailure | null)?.code)

/** Returns whether an error is a deadlock or a serialization failure. */
const isConflict = (error: unknown): boolean => ['40P01', '40001'].includes(sqlState(error) ?? '')

/**
 * Returns whether an immediate retry may succeed: after a conflict, or after a foreign key violation, since a referenced row
 * was deleted while the statement ran.
 */
export const isTransient = (error: unknown): boolean => isConflict(error) || sqlState(error) === '23503'

/** Converts a database error to an AppError, by its constraint or SQLSTATE. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = sqlState(error)
  const constraint = text((error as SqlFailure | null)?.constraint)
  const item = constraint ? BY_CONSTRAINT[constraint] : undefined
  if (item) return new AppError([item], { cause: error })
  const known = code ? BY_STATE[code] : undefined
  if (known) return new AppError(known, { cause: error })
  const limit = code ? BY_LIMIT[code] : undefined
  const until = text((error as SqlFailure | null)?.hint)
  if (limit && until) {
    const retryAfter = Math.max(1, Math.ceil((Date.parse(until) - Date.now()) / 1000))
    return new AppError([{ code: limit, until }], { cause: error, retryAfter })
  }
  // An error without a SQLSTATE is not the database's: it was not reached.
  if (!code || UNAVAILABLE.has(code.slice(0, 2)) || isConflict(error)) {
    return new AppError('database_unavailable', { cause: error })
  }
  return new AppError('internal', { cause: error })
}
