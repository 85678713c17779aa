import { AppError } from '../contract/app-error.ts'
import { sqlState } from './errors.ts'

/** For how long this isolate does not ask again for a part that failed, in ms. */
const REST_MS = 30_000
/** Until when, in ms since the epoch, by the name of its function. */
const restingUntil = new Map<string, number>()

/** Whether a part has failed a moment ago: asking again would cost each page a second round trip. */
export function isResting(name: string): boolean {
  const until = restingUntil.get(name)
  if (until === undefined) return false
  if (until > Date.now()) return true
  restingUntil.delete(name)
  return false
}

/** Leaves a part out of this isolate's pages for a while. */
export function rest(name: string): void {
  restingUntil.set(name, Date.now() + REST_MS)
}

/** The error of an optional part that failed or rests: the page renders without it. */
export const partError = (cause?: unknown) => new AppError('database_unavailable', { cause })

const QUERY_CANCELED = '57014'

/**
 * Whether a batch may have failed by one of its optional parts: by a statement of its own, and not by the way to the database,
 * by a conflict, or by who asks (CR…).
 */
export function isPartFault(error: unknown): boolean {
  const state = sqlState(error)
  if (state === undefined) return false
  return state === QUERY_CANCELED || !/^(08|28|3D|40|53|57|58|CR)/.test(state)
}

/** Returns which of some functions an error names in its message or context; all of them when it names none. */
export function partsAtFault(error: unknown, names: string[]): string[] {
  const { message = '', where } = error as { message?: string; where?: unknown }
  const told = `${message} ${typeof where === 'string' ? where : ''}`
  const found = names.filter((name) => told.includes(name))
  return found.length > 0 ? found : names
}
