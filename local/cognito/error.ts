/**
 * An error of Cognito's API, answered with its status as `{__type, message}`. Names and texts are AWS's:
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

/** One answer for an unknown user and a wrong password (`PreventUserExistenceErrors`). */
export function incorrectCredentials(): CognitoError {
  return new CognitoError('NotAuthorizedException', 'Incorrect username or password.')
}

/** An administrator has asked for a new password, and until it is set nothing else is done with the account. */
export function passwordResetRequired(): CognitoError {
  return new CognitoError('PasswordResetRequiredException', 'Password reset required for the user')
}
