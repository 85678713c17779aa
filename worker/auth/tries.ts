import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { ErrorCode } from '../contract/error.ts'
import type { Db } from '../db/client.ts'
import { type Attempt, forget, giveBack, QUOTAS, spend } from '../models/attempts.ts'

/** Errors that say the secret was wrong; after any other, such as an outage, the try does not count. */
const WRONG: ErrorCode[] = ['credentials_wrong', 'password_wrong', 'code_wrong', 'code_expired']

type CodeKind = 'confirmationCode' | 'recoveryCode'

/**
 * Tries a password, unless too many were wrong of late: of the account (by `subject`, an email or a sub), or from here.
 * @throws AppError too_many_requests, or what `attempt` throws.
 */
export function tryPassword<T>(
  { db, address }: Pick<RequestContext, 'db' | 'address'>,
  subject: string,
  attempt: () => Promise<T>,
): Promise<T> {
  const fromHere = address === null ? [] : [{ quota: QUOTAS.passwordsOfAddress, subject: address }]
  return tried(db, { quota: QUOTAS.password, subject }, fromHere, attempt)
}

/**
 * Tries a code that was mailed, unless too many were wrong since then, or from here.
 * @throws AppError code_used_up, or what `attempt` throws.
 */
export function tryCode<T>(
  { db, address }: Pick<RequestContext, 'db' | 'address'>,
  kind: CodeKind,
  email: string,
  attempt: () => Promise<T>,
): Promise<T> {
  const fromHere = address === null ? [] : [{ quota: QUOTAS.codesOfAddress, subject: address }]
  return tried(db, { quota: QUOTAS[kind], subject: email }, fromHere, attempt)
}

async function tried<T>(db: Db, own: Attempt, shared: Attempt[], attempt: () => Promise<T>): Promise<T> {
  await spend(db, own, ...shared)
  try {
    const result = await attempt()
    await Promise.all([forget(db, own), giveBack(db, ...shared)])
    return result
  } catch (error) {
    const isWrong = error instanceof AppError && WRONG.some((code) => error.has(code))
    if (!isWrong) await giveBack(db, own, ...shared)
    throw error
  }
}

/**
 * Has a code mailed, unless too many were of late; it counts whether or not there is such an account. The new code's
 * tries begin anew. When `send` throws, nothing was sent and nothing counts.
 * @throws AppError too_many_requests, or what `send` throws.
 */
export async function sendCode<T>(
  { db }: Pick<RequestContext, 'db'>,
  kind: CodeKind,
  email: string,
  send: () => Promise<T>,
): Promise<T> {
  const sending = [QUOTAS.sending, QUOTAS.sendingOfDay].map((quota) => ({ quota, subject: email }))
  await spend(db, ...sending)
  try {
    const sent = await send()
    await forget(db, { quota: QUOTAS[kind], subject: email })
    return sent
  } catch (error) {
    await giveBack(db, ...sending)
    throw error
  }
}

/** @throws AppError too_many_requests when too many people were signed up from here. */
export async function countSignUp({ db, address }: Pick<RequestContext, 'db' | 'address'>): Promise<void> {
  if (address !== null) await spend(db, { quota: QUOTAS.signUpsOfAddress, subject: address })
}
