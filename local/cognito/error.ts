/**
 * An error of Cognito's API, answered as status 400 with `{__type, message}`. Names and texts are AWS's:
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html and the "Errors"
 * section of each operation.
 */
export class CognitoError extends Error {
  override name = 'CognitoError'
  readonly type: string
  constructor(type: string, message: string) {
    super(message)
    this.type = type
  }
}

/** One answer for an unknown user and a wrong password (`PreventUserExistenceErrors`). */
export function incorrectCredentials(): CognitoError {
  return new CognitoError('NotAuthorizedException', 'Incorrect username or password.')
}
