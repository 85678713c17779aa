import type { RequestContext } from '../../context.ts'
import { AppError } from '../../contract/app-error.ts'
import type { ErrorCode } from '../../contract/error.ts'
import { FAILED_SIGN_INS_BEFORE_NOTICE } from '../../contract/limits.ts'
import { type AuthAttempt, type Counts, countAttempts, QUOTAS, settleAttempts } from '../../models/auth-attempts.ts'
import { warnOwner } from '../../models/notifications.ts'
import { reportError } from '../../observe/report.ts'
import { type Account, rememberCodeRequest } from '../cookies/device.ts'
import { lockedBriefly, mayBeLocked, saysLocked } from './account-lock.ts'
import {
  codeThrottle,
  countAttempt,
  passwordCounters,
  passwordThrottle,
  sendingThrottle,
  type Throttle,
} from './counters.ts'

/** Errors that count as a failed attempt. Others, such as an outage, do not. */
const WRONG: ErrorCode[] = ['credentials_wrong', 'password_wrong', 'code_wrong']

/**
 * Runs a password attempt unless too many have failed: on this device if the account knows it, else from this client IP or on
 * all unknown devices.
 * @throws AppError too_many_requests, account_locked_briefly, or what `attempt` throws.
 */
export async function tryPassword<T>(context: RequestContext, email: string, attempt: () => Promise<T>): Promise<T> {
  const account = { email }
  return runAttempt(context, account, await passwordThrottle(context, account), [], attempt)
}

/** Like tryPassword, for the password of the signed-in user. */
export async function tryOwnPassword<T>(context: RequestContext, sub: string, attempt: () => Promise<T>): Promise<T> {
  const account = { sub }
  return runAttempt(context, account, await passwordThrottle(context, account), [], attempt)
}

/**
 * Runs an attempt with a mailed code unless too many have failed. A right recovery code sets a new password, so it also resets
 * the counters of wrong passwords.
 * @throws AppError code_used_up, too_many_requests, account_locked_briefly, or what `attempt` throws.
 */
export async function tryCode<T>(
  context: RequestContext,
  kind: 'confirmationCode' | 'recoveryCode',
  email: string,
  attempt: () => Promise<T>,
): Promise<T> {
  const account = { email }
  const proven = kind === 'recoveryCode' ? passwordCounters(context, account) : []
  return runAttempt(context, account, await codeThrottle(context, email), proven, attempt)
}

/** `proven`: more counters to reset after a success. */
async function runAttempt<T>(
  context: RequestContext,
  account: Account,
  throttle: Throttle,
  proven: AuthAttempt[],
  attempt: () => Promise<T>,
): Promise<T> {
  const { used, counts } = await countAttempt(context, throttle)
  const { own, shared, mayRevealLock } = used
  let result: T
  try {
    result = await attempt()
  } catch (error) {
    const isLocked = saysLocked(error)
    const isWrong = error instanceof AppError && WRONG.some((code) => error.has(code))
    // Cognito did not check an attempt on a locked account. Count it as wrong, unless the error may say that the account is locked:
    // otherwise the count would reveal it.
    const isFailure = mayRevealLock ? isWrong && !isLocked : isWrong || isLocked
    if (isFailure) warnAfterMany(context, account, counts)
    else await updateCounters(context, { giveBack: [...own, ...shared] })
    if (mayRevealLock ? isLocked : isFailure && mayBeLocked(counts)) throw lockedBriefly(counts, error)
    throw error
  }
  await updateCounters(context, { clear: [...new Set([...own, ...throttle.ofDevice, ...proven])], giveBack: shared })
  return result
}

/**
 * Notifies the owner after many failed attempts from unknown devices. The response does not wait for it, so its timing does
 * not reveal whether the account exists.
 */
function warnAfterMany(context: RequestContext, account: Account, counts: Counts): void {
  if ((counts.get(QUOTAS.guesses.name) ?? 0) < FAILED_SIGN_INS_BEFORE_NOTICE) return
  const warning = warnOwner(context.db, 'sub' in account ? account.sub : account.email)
  context.waitUntil(warning.catch((error) => reportError(error, context)))
}

/**
 * Mails a code unless too many were mailed lately; counts unknown emails too. Then this browser has its own counter for
 * attempts with the code. If `send` throws, nothing is counted. `send` gets whether the account knows this device.
 * @throws AppError too_many_requests, or what `send` throws.
 */
export async function sendCode<T>(
  context: RequestContext,
  email: string,
  send: (isKnown: boolean) => Promise<T>,
): Promise<T> {
  const { used } = await countAttempt(context, await sendingThrottle(context, email))
  let sent: T
  try {
    sent = await send(used.mayRevealLock)
  } catch (error) {
    await updateCounters(context, { giveBack: used.own })
    throw error
  }
  await rememberCodeRequest(context, email)
  return sent
}

/** Resets the counters of wrong passwords after the password was changed. */
export function clearWrongPasswords(context: RequestContext, account: Account): Promise<void> {
  return settleAttempts(context.db, { clear: passwordCounters(context, account) })
}

/** Updates the counters after an attempt. A failure is reported only: the response is that of the attempt. */
async function updateCounters(context: RequestContext, settling: Parameters<typeof settleAttempts>[1]): Promise<void> {
  await settleAttempts(context.db, settling).catch((error) => reportError(error, context))
}

/** Counts a look-up of a handle. @throws AppError too_many_requests after too many from this client IP. */
export async function countHandleCheck({ db, clientIp }: Pick<RequestContext, 'db' | 'clientIp'>): Promise<void> {
  if (clientIp !== null) await countAttempts(db, [{ quota: QUOTAS.handleChecksOfNetwork, subject: clientIp }])
}

/** Counts a sign-up. @throws AppError too_many_requests after too many from this client IP. */
export async function countSignUp({ db, clientIp }: Pick<RequestContext, 'db' | 'clientIp'>): Promise<void> {
  if (clientIp !== null) await countAttempts(db, [{ quota: QUOTAS.signUpsOfNetwork, subject: clientIp }])
}
