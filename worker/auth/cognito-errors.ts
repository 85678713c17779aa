import { AppError } from '../contract/app-error.ts'
import type { ErrorItem } from '../contract/error.ts'
import { CognitoError } from './cognito.ts'

/** What Cognito's error names mean on a form, and beside which field. */
const REFUSALS: Record<string, ErrorItem> = {
  InvalidPasswordException: { code: 'password_weak', field: 'password' },
  PasswordHistoryPolicyViolationException: { code: 'password_weak', field: 'password' },
  CodeMismatchException: { code: 'code_wrong', field: 'code' },
  ExpiredCodeException: { code: 'code_expired', field: 'code' },
  UserNotConfirmedException: { code: 'email_unconfirmed' },
  UsernameExistsException: { code: 'email_taken', field: 'email' },
  NotAuthorizedException: { code: 'credentials_wrong' },
  UserNotFoundException: { code: 'credentials_wrong' },
  LimitExceededException: { code: 'too_many_requests' },
  TooManyFailedAttemptsException: { code: 'too_many_requests' },
}

/** Runs a call to Cognito; its errors become ours, `overrides` first. */
export async function asking<T>(call: Promise<T>, overrides: Record<string, ErrorItem> = {}): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error
    const item = overrides[error.type] ?? REFUSALS[error.type]
    throw item ? new AppError([item], { cause: error }) : new AppError('bad_request', { cause: error })
  }
}

/**
 * Calls whose answer must not tell whether the account exists. `isKnown`: who asks knows that it does, and is told that it is
 * locked.
 */
export async function quietly(call: Promise<void>, isKnown = false): Promise<void> {
  await call.catch((error) => {
    if (!(error instanceof CognitoError)) throw error
    if (isKnown && error.isLocked) throw new AppError('account_locked_briefly', { cause: error })
  })
}
