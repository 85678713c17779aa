import type { RequestContext } from '../../context.ts'
import { AppError } from '../../contract/app-error.ts'
import type { ErrorCode } from '../../contract/error.ts'
import { GUESSES_BEFORE_WARNING } from '../../contract/limits.ts'
import { type AuthAttempt, type Counts, QUOTAS, settle, spend } from '../../models/auth-attempts.ts'
import { warnOwner } from '../../models/notifications.ts'
import { reportError } from '../../observe/report.ts'
import { type Account, rememberAsking } from '../cookies/device.ts'
import { lockedBriefly, mayBeLocked, saysLocked } from './account-lock.ts'
import { codeThrottle, countTry, guessesOf, passwordThrottle, sendingThrottle, type Throttle } from './counters.ts'

/** Errors that say the secret was wrong; after any other, such as an outage, the try does not count. */
const WRONG: ErrorCode[] = ['credentials_wrong', 'password_wrong', 'code_wrong']

/**
 * Tries a password of an account, unless too many have failed: from this device if the account knows it, else from this
 * network and from all unknown devices.
 * @throws AppError too_many_requests, account_locked_briefly, or what `attempt` throws.
 */
export async function tryPassword<T>(context: RequestContext, email: string, attempt: () => Promise<T>): Promise<T> {
  const account = { email }
  return tried(context, account, await passwordThrottle(context, account), [], attempt)
}

/** The same for the password of who is signed in. */
export async function tryOwnPassword<T>(context: RequestContext, sub: string, attempt: () => Promise<T>): Promise<T> {
  const account = { sub }
  return tried(context, account, await passwordThrottle(context, account), [], attempt)
}

/**
 * Tries a code that was mailed, unless too many have failed. A recovery code sets a new password: wrong ones then count no
 * more.
 * @throws AppError code_used_up, too_many_requests, account_locked_briefly, or what `attempt` throws.
 */
export async function tryCode<T>(
  context: RequestContext,
  kind: 'confirmationCode' | 'recoveryCode',
  email: string,
  attempt: () => Promise<T>,
): Promise<T> {
  const account = { email }
  const proven = kind === 'recoveryCode' ? guessesOf(context, account) : []
  return tried(context, account, await codeThrottle(context, email), proven, attempt)
}

/** `proven`: further counters that begin anew once the secret was right. */
async function tried<T>(
  context: RequestContext,
  account: Account,
  throttle: Throttle,
  proven: AuthAttempt[],
  attempt: () => Promise<T>,
): Promise<T> {
  const { used, counts } = await countTry(context, throttle)
  const { own, shared, namesLock } = used
  let result: T
  try {
    result = await attempt()
  } catch (error) {
    const isLocked = saysLocked(error)
    const isWrong = error instanceof AppError && WRONG.some((code) => error.has(code))
    // Cognito has not looked at what was tried; who may not hear of that must not notice it by the count either.
    const isFailure = namesLock ? isWrong && !isLocked : isWrong || isLocked
    if (isFailure) warnAfterMany(context, account, counts)
    else await settled(context, { giveBack: [...own, ...shared] })
    if (namesLock ? isLocked : isFailure && mayBeLocked(counts)) throw lockedBriefly(counts, error)
    throw error
  }
  await settled(context, { clear: [...new Set([...own, ...throttle.ofDevice, ...proven])], giveBack: shared })
  return result
}

/**
 * Notifies the owner once many tries from unknown devices have failed. The answer does not wait for it, so it does not tell
 * whether there is an owner.
 */
function warnAfterMany(context: RequestContext, account: Account, counts: Counts): void {
  if ((counts.get(QUOTAS.guesses.name) ?? 0) < GUESSES_BEFORE_WARNING) return
  const warning = warnOwner(context.db, 'sub' in account ? account.sub : account.email)
  context.waitUntil(warning.catch((error) => report(context, error)))
}

/**
 * Has a code mailed, unless too many were of late; it counts whether or not there is such an account. From then on this
 * browser has tries of its own. When `send` throws, nothing was sent and nothing counts. `send` gets whether the account
 * knows this device.
 * @throws AppError too_many_requests, or what `send` throws.
 */
export async function sendCode<T>(
  context: RequestContext,
  email: string,
  send: (isKnown: boolean) => Promise<T>,
): Promise<T> {
  const { used } = await countTry(context, await sendingThrottle(context, email))
  let sent: T
  try {
    sent = await send(used.namesLock)
  } catch (error) {
    await settled(context, { giveBack: used.own })
    throw error
  }
  await rememberAsking(context, email)
  return sent
}

/** Clears the wrong passwords of an account that has a new one. */
export function clearGuesses(context: RequestContext, account: Account): Promise<void> {
  return settle(context.db, { clear: guessesOf(context, account) })
}

/** Settles what was counted. What it was counted for has been done or refused by then, and that is the answer. */
async function settled(context: RequestContext, settling: Parameters<typeof settle>[1]): Promise<void> {
  await settle(context.db, settling).catch((error) => report(context, error))
}

const report = (context: RequestContext, error: unknown) =>
  reportError(error instanceof AppError ? error : new AppError('internal', { cause: error }), context)

/** @throws AppError too_many_requests when too many handles were looked up from here. */
export async function countHandleCheck({ db, clientIp }: Pick<RequestContext, 'db' | 'clientIp'>): Promise<void> {
  if (clientIp !== null) await spend(db, [{ quota: QUOTAS.handleChecksOfNetwork, subject: clientIp }])
}

/** @throws AppError too_many_requests when too many people were signed up from here. */
export async function countSignUp({ db, clientIp }: Pick<RequestContext, 'db' | 'clientIp'>): Promise<void> {
  if (clientIp !== null) await spend(db, [{ quota: QUOTAS.signUpsOfNetwork, subject: clientIp }])
}
