import { CognitoError } from '../error.ts'
import type { Input } from '../input.ts'
import { invalidParameter, optional, required } from '../input.ts'
import type { Pool } from '../pool.ts'
import type { User } from '../state.ts'
import { findUser, toAttributeList } from '../users.ts'

const MODERATORS = 'moderators'
const MINUTE = 60
const DAY = 86_400
const PAGE_MAX = 60

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html */
export async function describeUserPool(pool: Pool, input: Input) {
  assertPool(pool, input)
  const { userPoolId, describedPool, issuerType } = pool.settings
  const description = {
    Id: userPoolId,
    UserPoolTier: 'ESSENTIALS',
    UsernameAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
    AutoVerifiedAttributes: ['email'],
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    MfaConfiguration: 'OFF',
    LambdaConfig: {},
    ...(issuerType && { IssuerConfiguration: { Type: issuerType } }),
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        RequireLowercase: true,
        RequireUppercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
    },
  }
  return { UserPool: { ...description, ...describedPool } }
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolClient.html */
export async function describeUserPoolClient(pool: Pool, input: Input) {
  assertPool(pool, input)
  const { clientId, clientSecret, flows, rotation, accessTokenSeconds, refreshTokenSeconds, describedClient } =
    pool.settings
  if (required(input, 'ClientId') !== clientId) {
    throw new CognitoError('ResourceNotFoundException', 'User pool client does not exist.')
  }
  const description = {
    ClientId: clientId,
    ...(clientSecret && { ClientSecret: clientSecret }),
    ExplicitAuthFlows: flows,
    PreventUserExistenceErrors: 'ENABLED',
    EnableTokenRevocation: true,
    AccessTokenValidity: accessTokenSeconds / MINUTE,
    RefreshTokenValidity: refreshTokenSeconds / DAY,
    TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
    RefreshTokenRotation: rotation
      ? { Feature: 'ENABLED', RetryGracePeriodSeconds: rotation.graceSeconds }
      : { Feature: 'DISABLED' },
  }
  return { UserPoolClient: { ...description, ...describedClient } }
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html (without a filter) */
export async function listUsers(pool: Pool, input: Input) {
  assertPool(pool, input)
  const limit = Number(input.Limit ?? PAGE_MAX)
  const from = Number(optional(input, 'PaginationToken') ?? 0)
  if (!(limit >= 1 && limit <= PAGE_MAX) || !Number.isInteger(from)) throw invalidParameter('Limit or PaginationToken')
  const { users } = pool.store.state
  const page = users.slice(from, from + limit)
  return {
    Users: page.map((user) => ({
      Username: user.sub,
      Enabled: true,
      UserStatus: user.status,
      // Accounts in an older state file have no createdAt.
      UserCreateDate: (user.createdAt ?? 0) / 1000,
      Attributes: toAttributeList(user),
    })),
    ...(from + limit < users.length && { PaginationToken: String(from + limit) }),
  }
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminAddUserToGroup.html */
export async function adminAddUserToGroup(pool: Pool, input: Input) {
  const { user, group } = findMember(pool, input)
  user.groups = [...new Set([...(user.groups ?? []), group])]
  return null
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRemoveUserFromGroup.html */
export async function adminRemoveUserFromGroup(pool: Pool, input: Input) {
  const { user, group } = findMember(pool, input)
  user.groups = (user.groups ?? []).filter((name) => name !== group)
  return null
}

/** Returns the user and the group that a request names. The pool has the group of infra/cognito.yaml only. */
function findMember(pool: Pool, input: Input): { user: User; group: string } {
  assertPool(pool, input)
  const user = findUser(pool, required(input, 'Username'))
  if (!user) throw new CognitoError('UserNotFoundException', 'User does not exist.')
  const group = required(input, 'GroupName')
  if (group !== MODERATORS) throw new CognitoError('ResourceNotFoundException', 'Group not found.')
  return { user, group }
}

function assertPool({ settings }: Pool, input: Input): void {
  if (required(input, 'UserPoolId') !== settings.userPoolId) {
    throw new CognitoError('ResourceNotFoundException', 'User pool does not exist.')
  }
}
