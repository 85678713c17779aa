import { randomUUID } from 'node:crypto'
import { CognitoError, incorrectCredentials } from './error.ts'
import { invalidParameter } from './input.ts'
import { hashPassword, isPassword } from './password.ts'
import type { Pool } from './pool.ts'
import type { User } from './state.ts'

const FREE_FAILURES = 5
const LONGEST_LOCK_MS = 15 * 60 * 1000

// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
const STANDARD_ATTRIBUTES = new Set(
  (
    'address birthdate email family_name gender given_name locale middle_name name nickname phone_number picture ' +
    'preferred_username profile updated_at website zoneinfo'
  ).split(' '),
)

/** Returns a user by email (in any case) or by `sub`; both are sign-in names. */
export function findUser({ store }: Pool, username: string): User | undefined {
  const email = username.toLowerCase()
  return store.state.users.find((user) => user.email.toLowerCase() === email || user.sub === username)
}

/** Adds a user. Throws UsernameExistsException for a taken email, also of an unconfirmed account. */
export async function addUser(
  pool: Pool,
  fields: { email: string; password: string; attributes: Record<string, string>; status: User['status'] },
): Promise<User> {
  const { email, password, attributes, status } = fields
  assertEmailFree(pool, email)
  const passwordHash = await hashPassword(password)
  // Check again: the email may have been taken while the password was hashed.
  assertEmailFree(pool, email)
  const user: User = {
    sub: randomUUID(),
    email,
    emailVerified: status !== 'UNCONFIRMED',
    status,
    attributes,
    passwordHash,
    createdAt: pool.settings.now(),
    failures: 0,
    lockedUntil: 0,
    codes: {},
  }
  pool.store.state.users.push(user)
  return user
}

/**
 * Throws NotAuthorizedException unless the password is right. After five wrong ones in a row the account is locked for a
 * second, and for twice as long after each further one, up to 15 minutes:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html (lockout behaviour)
 */
export async function assertPassword({ settings }: Pool, user: User, password: string): Promise<void> {
  if (user.lockedUntil > settings.now()) {
    throw new CognitoError('NotAuthorizedException', 'Password attempts exceeded')
  }
  if (await isPassword(password, user.passwordHash)) {
    user.failures = 0
    return
  }
  user.failures += 1
  if (user.failures >= FREE_FAILURES) {
    const lock = Math.min(1000 * 2 ** (user.failures - FREE_FAILURES), LONGEST_LOCK_MS)
    user.lockedUntil = settings.now() + lock
  }
  throw incorrectCredentials()
}

/** Throws InvalidParameterException for an unknown or read-only attribute. */
export function assertAttributes(attributes: Record<string, string>): void {
  for (const name of Object.keys(attributes)) {
    if (name === 'sub' || name === 'email_verified' || name === 'phone_number_verified') {
      throw invalidParameter(`user.${name}: Attribute cannot be updated.`)
    }
    if (!STANDARD_ATTRIBUTES.has(name) && !name.startsWith('custom:')) {
      throw invalidParameter(
        `Attributes did not conform to the schema: ${name}: Attribute does not exist in the schema.`,
      )
    }
  }
}

/** Returns a user's attributes as `{Name, Value}` pairs. */
export function toAttributeList(user: User): { Name: string; Value: string }[] {
  const all = {
    sub: user.sub,
    email: user.email,
    email_verified: String(user.emailVerified),
    ...user.attributes,
  }
  return Object.entries(all).map(([Name, Value]) => ({ Name, Value }))
}

function assertEmailFree(pool: Pool, email: string): void {
  if (findUser(pool, email)) throw new CognitoError('UsernameExistsException', 'User already exists')
}
