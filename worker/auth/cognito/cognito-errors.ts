import { AppError } from '../../contract/app-error.ts'
import type { ErrorItem } from '../../contract/error.ts'
import { CognitoError } from './cognito-call.ts'

/** What Cognito's refusals mean on a form, and beside which field. */
const REFUSALS: Record<string, ErrorItem> = {
  InvalidEmailException: { code: 'email_invalid', field: 'email' },
  InvalidPasswordException: { code: 'password_weak', field: 'password' },
  PasswordHistoryPolicyViolationException: { code: 'password_weak', field: 'password' },
  CodeMismatchException: { code: 'code_wrong', field: 'code' },
  // Not told apart: for some calls Cognito says this of addresses without an account.
  ExpiredCodeException: { code: 'code_wrong', field: 'code' },
  UserNotConfirmedException: { code: 'email_unconfirmed' },
  PasswordResetRequiredException: { code: 'password_reset_required' },
  UsernameExistsException: { code: 'email_taken', field: 'email' },
  NotAuthorizedException: { code: 'credentials_wrong' },
  UserNotFoundException: { code: 'credentials_wrong' },
  LimitExceededException: { code: 'too_many_requests' },
  TooManyFailedAttemptsException: { code: 'too_many_requests' },
}

/** Awaits a call to Cognito; its refusals become errors of ours, `overrides` first. Outages and misconfiguration are already. */
export async function asking<T>(call: Promise<T>, overrides: Record<string, ErrorItem> = {}): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error
    const item = overrides[error.code] ?? REFUSALS[error.code]
    throw item ? new AppError([item], { cause: error }) : new AppError('bad_request', { cause: error })
  }
}

/**
 * Awaits a call whose answer must not tell whether the account exists: refusals are swallowed, our own faults are not.
 * `isKnown`: who asks knows that it exists, and is told that it is locked.
 */
export async function quietly(call: Promise<void>, isKnown = false): Promise<void> {
  await call.catch((error) => {
    if (!(error instanceof CognitoError)) throw error
    if (isKnown && error.isLocked) throw new AppError('account_locked_briefly', { cause: error })
  })
}
