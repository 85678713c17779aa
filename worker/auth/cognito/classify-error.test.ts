import { expect, test } from 'vitest'
import { isMisconfiguration, preciseType } from './classify-error.ts'

// Messages as AWS writes them.
test.each([
  ['InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled for this client'],
  ['InvalidParameterException', 'USER_AUTH is not enabled for the client.'],
  ['InvalidParameterException', 'Auth flow not enabled for this client'],
  ['InvalidParameterException', 'Initiate Auth method not supported.'],
  [
    'InvalidParameterException',
    "1 validation error detected: Value 'a-b' at 'clientId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+]+",
  ],
  [
    'InvalidParameterException',
    'Attributes did not conform to the schema: family_name: The attribute family_name is required',
  ],
  ['NotAuthorizedException', 'Unable to verify secret hash for client 1abc'],
  ['NotAuthorizedException', 'SecretHash does not match for the client: 1abc'],
  ['NotAuthorizedException', 'Client 1abc is configured with secret but SECRET_HASH was not received'],
  ['NotAuthorizedException', 'Client 1abc is configured for secret but secret was not received'],
  ['NotAuthorizedException', 'A client attempted to write unauthorized attribute'],
  ['NotAuthorizedException', 'SignUp is not permitted for this user pool'],
  ['ResourceNotFoundException', ''],
  ['ForbiddenException', 'Request not allowed due to WAF block.'],
])('treats %s as a misconfiguration: %s', (type, message) => {
  expect(isMisconfiguration(type, message)).toBe(true)
})

test.each([
  ['InvalidParameterException', 'Invalid email address format.', 'InvalidEmailException'],
  ['InvalidParameterException', 'Username should be an email.', 'InvalidEmailException'],
  ['InvalidParameterException', 'Username should be either an email or a phone number.', 'InvalidEmailException'],
  [
    'InvalidParameterException',
    "1 validation error detected: Value 'x'clientId'@y.z' at 'username' failed to satisfy constraint: Member must have length less than or equal to 128",
    'InvalidEmailException',
  ],
  [
    'InvalidParameterException',
    "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
    'InvalidPasswordException',
  ],
  [
    'InvalidParameterException',
    "1 validation error detected: Value at 'previousPassword' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
    'NotAuthorizedException',
  ],
  [
    'InvalidParameterException',
    "1 validation error detected: Value at 'confirmationCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\S]+",
    'CodeMismatchException',
  ],
  ['InvalidParameterException', 'User is already confirmed.', 'InvalidParameterException'],
  [
    'InvalidParameterException',
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
    'InvalidParameterException',
  ],
  ['NotAuthorizedException', 'Incorrect username or password.', 'NotAuthorizedException'],
  ['NotAuthorizedException', 'Password attempts exceeded', 'NotAuthorizedException'],
  ['NotAuthorizedException', 'Refresh Token has been revoked', 'NotAuthorizedException'],
  ['PasswordResetRequiredException', 'Password reset required for the user', 'PasswordResetRequiredException'],
])('treats %s as caused by the input: %s', (type, message, expected) => {
  expect(isMisconfiguration(type, message)).toBe(false)
  expect(preciseType(type, message)).toBe(expected)
})
