/**
 * Errors that only our settings, the pool's or the app client's cause. Named in the "Errors" sections of
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

/** The same for errors that people cause as well. Anchored, since Cognito repeats what was typed. */
const MISCONFIGURED_BY_MESSAGE: Record<string, RegExp> = {
  InvalidParameterException:
    /^(\S+ )?(auth )?(flow )?(is )?not enabled for (this|the) client|^initiate auth method not supported|^\d+ validation errors? detected: Value (at|'\S*' at) 'clientId'|^attributes did not conform to the schema: (?!email)/i,
  NotAuthorizedException:
    /^unable to verify (client )?secret|^secrethash does not match|^client \S+ is configured (with|for) secret|unauthorized attribute|^signup is not permitted/i,
}

/** InvalidParameterException by the input that it is about, as the error that says so by its name. */
const BY_INPUT: [RegExp, string][] = [
  [
    /^invalid email address format|^username should be (an|either an) email|^email should |^attributes did not conform to the schema: email|^\d+ validation errors? detected: Value (at|'.*' at) 'username'/i,
    'InvalidEmailException',
  ],
  [/^\d+ validation errors? detected: Value (at|'.*' at) '(password|proposedPassword)'/, 'InvalidPasswordException'],
  [/^\d+ validation errors? detected: Value (at|'.*' at) 'previousPassword'/, 'NotAuthorizedException'],
  [/^\d+ validation errors? detected: Value (at|'.*' at) 'confirmationCode'/, 'CodeMismatchException'],
]

/** Returns whether an account is locked for a while. Cognito has no type of its own for a lock after wrong passwords. */
export const isLock = (type: string, message: string): boolean =>
  type === 'LimitExceededException' ||
  type === 'TooManyFailedAttemptsException' ||
  (type === 'NotAuthorizedException' && message.startsWith('Password attempts exceeded'))

/** Returns whether an error is about our configuration, and not about a person's input. The message is not kept. */
export const isMisconfiguration = (type: string, message: string): boolean =>
  MISCONFIGURED.has(type) || MISCONFIGURED_BY_MESSAGE[type]?.test(message) === true

/**
 * Returns the name of an error; an InvalidParameterException about an input gets a name of its own. `InvalidEmailException`
 * is ours, the others are Cognito's.
 */
export const preciseType = (type: string, message: string): string =>
  (type === 'InvalidParameterException' && BY_INPUT.find(([pattern]) => pattern.test(message))?.[1]) || type
