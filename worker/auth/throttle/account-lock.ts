import { AppError } from '../../contract/app-error.ts'
import { type Counts, QUOTAS } from '../../models/auth-attempts.ts'
import { CognitoError } from '../cognito/cognito-call.ts'

/**
 * Number of failures after which Cognito may lock an account: for 2^(failures - 5) seconds after wrong passwords, for an
 * undocumented time after wrong codes.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html#authentication-flow-lockout-behavior
 */
const FREE_FAILURES = 5
const LONGEST_LOCK_SECONDS = 900

/** Returns whether Cognito refused because the account is locked. It does so only for accounts that exist. */
export const saysLocked = (error: unknown): boolean =>
  error instanceof AppError && error.cause instanceof CognitoError && error.cause.isLocked

const recentPasswords = (counts: Counts) => counts.get(QUOTAS.recentPasswords.name) ?? 0
const recentCodes = (counts: Counts) => counts.get(QUOTAS.recentCodes.name) ?? 0

/**
 * Returns whether the account, if it exists, may be locked by now. Decided by our own counters, which unknown emails have too,
 * so that the error does not reveal whether the account exists.
 */
export const mayBeLocked = (counts: Counts): boolean =>
  Math.max(recentPasswords(counts), recentCodes(counts)) > FREE_FAILURES

/** Returns the error for a locked account. Retry-After is Cognito's longest lock after that many wrong passwords. */
export function lockedBriefly(counts: Counts, cause: unknown): AppError {
  const failures = recentPasswords(counts)
  const retryAfter =
    failures > FREE_FAILURES ? Math.min(2 ** (failures - FREE_FAILURES), LONGEST_LOCK_SECONDS) : undefined
  return new AppError('account_locked_briefly', { cause, ...(retryAfter === undefined ? {} : { retryAfter }) })
}
