import { AppError } from '../../contract/app-error.ts'
import type { ErrorItem } from '../../contract/error.ts'
import { CognitoError } from './cognito-call.ts'

/** Error codes of Cognito's refusals, and the form field they belong to. */
const REFUSALS: Record<string, ErrorItem> = {
  InvalidEmailException: { code: 'email_invalid', field: 'email' },
  InvalidPasswordException: { code: 'password_weak', field: 'password' },
  PasswordHistoryPolicyViolationException: { code: 'password_weak', field: 'password' },
  CodeMismatchException: { code: 'code_wrong', field: 'code' },
  // Same as a wrong code: for some calls Cognito returns it for unknown emails too.
  ExpiredCodeException: { code: 'code_wrong', field: 'code' },
  UserNotConfirmedException: { code: 'email_unconfirmed' },
  PasswordResetRequiredException: { code: 'password_reset_required' },
  UsernameExistsException: { code: 'email_taken', field: 'email' },
  NotAuthorizedException: { code: 'credentials_wrong' },
  UserNotFoundException: { code: 'credentials_wrong' },
  LimitExceededException: { code: 'too_many_requests' },
  TooManyFailedAttemptsException: { code: 'too_many_requests' },
}

/** Awaits a call to Cognito and converts a CognitoError to an AppError: by `overrides`, then by REFUSALS, else bad_request. */
export async function mapRefusals<T>(call: Promise<T>, overrides: Record<string, ErrorItem> = {}): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error
    const item = overrides[error.code] ?? REFUSALS[error.code]
    throw item ? new AppError([item], { cause: error }) : new AppError('bad_request', { cause: error })
  }
}

/**
 * Awaits a call whose result must not reveal whether the account exists: ignores refusals, rethrows our own faults.
 * `isKnown`: this browser has signed in to the account, so it may learn that it is locked.
 */
export async function ignoreRefusals(call: Promise<void>, isKnown = false): Promise<void> {
  await call.catch((error) => {
    if (!(error instanceof CognitoError)) throw error
    if (isKnown && error.isLocked) throw new AppError('account_locked_briefly', { cause: error })
  })
}
