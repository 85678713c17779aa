import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { ErrorCode } from '../contract/error.ts'
import { type Attempt, forget, giveBack, QUOTAS, spend } from '../models/attempts.ts'
import { reportError } from '../observe/report.ts'

/** Errors that say the secret was wrong; after any other, such as an outage, the try does not count. */
const WRONG: ErrorCode[] = ['credentials_wrong', 'password_wrong', 'code_wrong']

type CodeKind = 'confirmationCode' | 'recoveryCode'

/** What one try counts for: `own` until the secret was right, which also clears `proven`; `shared` with others. */
type Counted = { own: Attempt; shared: Attempt[]; proven?: Attempt[] }

/**
 * Tries a password, unless too many were wrong of late: of the account (by `subject`, an email or a sub), or from here.
 * @throws AppError too_many_requests, or what `attempt` throws.
 */
export function tryPassword<T>(context: RequestContext, subject: string, attempt: () => Promise<T>): Promise<T> {
  const { address } = context
  const shared = address === null ? [] : [{ quota: QUOTAS.passwordsOfAddress, subject: address }]
  return tried(context, { own: { quota: QUOTAS.password, subject }, shared }, attempt)
}

/**
 * Tries a code that was mailed, unless too many were wrong since then, or from here. A code that sets a new password proves
 * more than that does: wrong passwords do not count any more.
 * @throws AppError code_used_up, or what `attempt` throws.
 */
export function tryCode<T>(
  context: RequestContext,
  kind: CodeKind,
  email: string,
  attempt: () => Promise<T>,
): Promise<T> {
  const { address } = context
  const shared = address === null ? [] : [{ quota: QUOTAS.codesOfAddress, subject: address }]
  const proven = kind === 'recoveryCode' ? [{ quota: QUOTAS.password, subject: email }] : []
  return tried(context, { own: { quota: QUOTAS[kind], subject: email }, shared, proven }, attempt)
}

async function tried<T>(
  context: RequestContext,
  { own, shared, proven = [] }: Counted,
  attempt: () => Promise<T>,
): Promise<T> {
  const { db } = context
  await spend(db, own, ...shared)
  let result: T
  try {
    result = await attempt()
  } catch (error) {
    const isWrong = error instanceof AppError && WRONG.some((code) => error.has(code))
    if (!isWrong) await settled(context, giveBack(db, own, ...shared))
    throw error
  }
  await settled(context, forget(db, own, ...proven), giveBack(db, ...shared))
  return result
}

/**
 * Has a code mailed, unless too many were of late; it counts whether or not there is such an account. The new code's
 * tries begin anew. When `send` throws, nothing was sent and nothing counts.
 * @throws AppError too_many_requests, or what `send` throws.
 */
export async function sendCode<T>(
  context: RequestContext,
  kind: CodeKind,
  email: string,
  send: () => Promise<T>,
): Promise<T> {
  const { db } = context
  const sending = [QUOTAS.sending, QUOTAS.sendingOfDay].map((quota) => ({ quota, subject: email }))
  await spend(db, ...sending)
  let sent: T
  try {
    sent = await send()
  } catch (error) {
    await settled(context, giveBack(db, ...sending))
    throw error
  }
  await beginTries(context, kind, email)
  return sent
}

/** Lets the tries of a code that has just been mailed begin anew. */
export function beginTries(context: RequestContext, kind: CodeKind, email: string): Promise<void> {
  return settled(context, forget(context.db, { quota: QUOTAS[kind], subject: email }))
}

/** Settles what was counted. What it was counted for has been done or refused by then, and that is the answer. */
async function settled(context: RequestContext, ...settling: Promise<void>[]): Promise<void> {
  try {
    await Promise.all(settling)
  } catch (error) {
    reportError(error instanceof AppError ? error : new AppError('internal', { cause: error }), context)
  }
}

/** @throws AppError too_many_requests when too many people were signed up from here. */
export async function countSignUp({ db, address }: Pick<RequestContext, 'db' | 'address'>): Promise<void> {
  if (address !== null) await spend(db, { quota: QUOTAS.signUpsOfAddress, subject: address })
}
