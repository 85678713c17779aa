import { createHash, randomInt } from 'node:crypto'
import { CognitoError } from './error.ts'
import type { Pool } from './pool.ts'
import type { CodePurpose, User } from './state.ts'

const HOUR_MS = 3600 * 1000

/** Cognito's CodeDeliveryDetails: where a code was mailed. */
export interface CodeDelivery {
  AttributeName: string
  DeliveryMedium: string
  Destination: string
}

/**
 * Mails a new six-digit code, which replaces the last one of its purpose. Throws LimitExceededException over the limit
 * of mails per hour, CodeDeliveryFailureException if the pool cannot send mail.
 */
export function sendCode(pool: Pool, user: User, purpose: CodePurpose): CodeDelivery {
  const { now, delivers, codesPerHour, confirmCodeSeconds, recoverCodeSeconds } = pool.settings
  if (!delivers) throw new CognitoError('CodeDeliveryFailureException', 'Unable to deliver the code.')
  const sentAt = (user.codes[purpose]?.sentAt ?? []).filter((time) => time > now() - HOUR_MS)
  if (sentAt.length >= codesPerHour) throw limitExceeded()
  const seconds = purpose === 'recover' ? recoverCodeSeconds : confirmCodeSeconds
  const value = String(randomInt(1_000_000)).padStart(6, '0')
  user.codes[purpose] = { value, expiresAt: now() + seconds * 1000, failures: 0, sentAt: [...sentAt, now()] }
  pool.onCode(user.email, value, purpose)
  return deliveryTo(user.email)
}

/** Returns the response for an unknown user: like that for a known one, but no mail is sent. */
export function simulateDelivery(username: string): CodeDelivery {
  // The same name always gives the same destination: a difference would reveal that the user is unknown.
  const digest = createHash('sha256').update(username.toLowerCase()).digest('hex')
  return deliveryTo(username.includes('@') ? username : `${digest.slice(0, 1)}@${digest.slice(1, 2)}`)
}

/**
 * Checks and deletes a code. Throws CodeMismatchException for a wrong one, ExpiredCodeException if it has expired or none
 * was requested, and the operation's own error after too many wrong ones.
 */
export function redeemCode(pool: Pool, user: User, purpose: CodePurpose, value: string): void {
  const code = user.codes[purpose]
  if (code === undefined) throw expiredCode()
  if (code.failures >= pool.settings.codeAttempts) {
    throw purpose === 'confirm'
      ? new CognitoError('TooManyFailedAttemptsException', 'Too many failed attempts, please try after some time.')
      : limitExceeded()
  }
  if (code.expiresAt <= pool.settings.now()) throw expiredCode()
  if (code.value !== value) {
    code.failures += 1
    throw codeMismatch()
  }
  delete user.codes[purpose]
}

export function codeMismatch(): CognitoError {
  return new CognitoError('CodeMismatchException', 'Invalid verification code provided, please try again.')
}

export function expiredCode(): CognitoError {
  return new CognitoError('ExpiredCodeException', 'Invalid code provided, please request a code again.')
}

function limitExceeded(): CognitoError {
  return new CognitoError('LimitExceededException', 'Attempt limit exceeded, please try after some time.')
}

function deliveryTo(email: string): CodeDelivery {
  const [name = '', domain = ''] = email.split('@')
  return {
    AttributeName: 'email',
    DeliveryMedium: 'EMAIL',
    Destination: `${name.slice(0, 1)}***@${domain.slice(0, 1)}***`,
  }
}
