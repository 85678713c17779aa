/**
 * Errors that only a wrong setting of ours, the pool or the app client causes. From the "Errors" sections of
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/
 */
const MISCONFIGURED = new Set([
  'AccessDeniedException',
  'CodeDeliveryFailureException',
  'FeatureUnavailableInTierException',
  'ForbiddenException',
  'InvalidEmailRoleAccessPolicyException',
  'InvalidLambdaResponseException',
  'InvalidSmsRoleAccessPolicyException',
  'InvalidSmsRoleTrustRelationshipException',
  'InvalidUserPoolConfigurationException',
  'MFAMethodNotFoundException',
  'ResourceNotFoundException',
  'UnauthorizedException',
  'UnexpectedLambdaException',
  'UnknownOperationException',
  'UnsupportedOperationException',
  'UserLambdaValidationException',
  'UserPoolAddOnNotEnabledException',
])

/** Messages of misconfiguration, for errors that users cause too. Anchored, since messages repeat the user's input. */
const MISCONFIGURED_BY_MESSAGE: Record<string, RegExp> = {
  InvalidParameterException:
    /^(\S+ )?(auth )?(flow )?(is )?not enabled for (this|the) client|^initiate auth method not supported|^\d+ validation errors? detected: Value (at|'\S*' at) 'clientId'|^attributes did not conform to the schema: (?!email)/i,
  NotAuthorizedException:
    /^unable to verify (client )?secret|^secrethash does not match|^client \S+ is configured (with|for) secret|unauthorized attribute|^signup is not permitted/i,
}

/** More precise names of an InvalidParameterException, by the input that its message names. */
const BY_INPUT: [RegExp, string][] = [
  [
    /^invalid email address format|^username should be (an|either an) email|^email should |^attributes did not conform to the schema: email|^\d+ validation errors? detected: Value (at|'.*' at) 'username'/i,
    'InvalidEmailException',
  ],
  [/^\d+ validation errors? detected: Value (at|'.*' at) '(password|proposedPassword)'/, 'InvalidPasswordException'],
  [/^\d+ validation errors? detected: Value (at|'.*' at) 'previousPassword'/, 'NotAuthorizedException'],
  [/^\d+ validation errors? detected: Value (at|'.*' at) 'confirmationCode'/, 'CodeMismatchException'],
]

/** Returns whether the account is locked for a while. Cognito has no error type for a lock after wrong passwords. */
export const isLock = (type: string, message: string): boolean =>
  type === 'LimitExceededException' ||
  type === 'TooManyFailedAttemptsException' ||
  (type === 'NotAuthorizedException' && message.startsWith('Password attempts exceeded'))

/** Returns whether an error is caused by our configuration, not by the user's input. */
export const isMisconfiguration = (type: string, message: string): boolean =>
  MISCONFIGURED.has(type) || MISCONFIGURED_BY_MESSAGE[type]?.test(message) === true

/**
 * Returns an error's name; for an InvalidParameterException about one input, a more precise one. `InvalidEmailException` is
 * our name, the others are Cognito's.
 */
export const preciseType = (type: string, message: string): string =>
  (type === 'InvalidParameterException' && BY_INPUT.find(([pattern]) => pattern.test(message))?.[1]) || type
