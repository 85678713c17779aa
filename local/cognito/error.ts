/**
 * An error of Cognito's API; the response is `{__type, message}` with the status. Types and messages are AWS's:
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html and the "Errors"
 * section of each operation.
 */
export class CognitoError extends Error {
  override name = 'CognitoError'
  readonly type: string
  readonly status: number
  constructor(type: string, message: string, status = 400) {
    super(message)
    this.type = type
    this.status = status
  }
}

/** Returns the error for an unknown user or a wrong password (`PreventUserExistenceErrors`). */
export function incorrectCredentials(): CognitoError {
  return new CognitoError('NotAuthorizedException', 'Incorrect username or password.')
}

/** Returns the error of all operations on an account that an administrator has reset. */
export function passwordResetRequired(): CognitoError {
  return new CognitoError('PasswordResetRequiredException', 'Password reset required for the user')
}
