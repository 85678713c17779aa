import { AppError } from '../../contract/app-error.ts'
import { type Counts, QUOTAS } from '../../models/auth-attempts.ts'
import { CognitoError } from '../cognito/cognito-call.ts'

/**
 * Failures after which Cognito may lock an account: for 2^(failures - 5) seconds after passwords, for an unknown time after
 * codes. https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html#authentication-flow-lockout-behavior
 */
const FREE_FAILURES = 5
const LONGEST_LOCK_SECONDS = 900

/** Whether Cognito did not even look at what was tried. It says so of accounts that exist, and of no other address. */
export const saysLocked = (error: unknown): boolean =>
  error instanceof AppError && error.cause instanceof CognitoError && error.cause.isLocked

const recentPasswords = (counts: Counts) => counts.get(QUOTAS.recentPasswords.name) ?? 0
const recentCodes = (counts: Counts) => counts.get(QUOTAS.recentCodes.name) ?? 0

/**
 * Whether an account may be locked by now, if there is one. It is told by our own counters, which an address without an
 * account has too: then a failed try reads the same for both, whatever Cognito said.
 */
export const mayBeLocked = (counts: Counts): boolean =>
  Math.max(recentPasswords(counts), recentCodes(counts)) > FREE_FAILURES

/** The error for a locked account. Its wait is Cognito's longest for so many wrong passwords, where they are counted. */
export function lockedBriefly(counts: Counts, cause: unknown): AppError {
  const failures = recentPasswords(counts)
  const retryAfter =
    failures > FREE_FAILURES ? Math.min(2 ** (failures - FREE_FAILURES), LONGEST_LOCK_SECONDS) : undefined
  return new AppError('account_locked_briefly', { cause, ...(retryAfter === undefined ? {} : { retryAfter }) })
}
