import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { CognitoError } from './error.ts'
import { invalidParameter } from './input.ts'

// Cheap on purpose: these are local test accounts, and tests create hundreds of them.
const COST = { N: 1024, r: 8, p: 1 }
const KEY_BYTES = 32
const derive = promisify(scrypt) as (
  password: string,
  salt: Buffer,
  length: number,
  options: typeof COST,
) => Promise<Buffer>

// The default policy: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
const RULES: [RegExp, string][] = [
  [/^.{8,}$/su, 'Password not long enough'],
  [/[a-z]/, 'Password must have lowercase characters'],
  [/[A-Z]/, 'Password must have uppercase characters'],
  [/[0-9]/, 'Password must have numeric characters'],
  [/[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/, 'Password must have symbol characters'],
]

/** Throws InvalidPasswordException unless the password meets the pool's policy. */
export function assertPolicy(password: string): void {
  if (password.length > 256 || password !== password.trim()) {
    throw invalidParameter(
      "1 validation error detected: Value at 'password' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$',
    )
  }
  const broken = RULES.find(([pattern]) => !pattern.test(password))
  if (broken) {
    throw new CognitoError('InvalidPasswordException', `Password did not conform with policy: ${broken[1]}`)
  }
}

/** Returns a salted scrypt hash as `salt:key` in hex. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, KEY_BYTES, COST)
  return `${salt.toString('hex')}:${key.toString('hex')}`
}

/** Returns whether a password matches a hash of `hashPassword`. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [salt = '', key = ''] = hash.split(':')
  const derived = await derive(password, Buffer.from(salt, 'hex'), KEY_BYTES, COST)
  return timingSafeEqual(derived, Buffer.from(key, 'hex'))
}
