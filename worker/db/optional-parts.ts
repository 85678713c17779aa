import { AppError } from '../contract/app-error.ts'
import { sqlState } from './errors.ts'

/** How long this isolate skips a part that failed, in ms. */
export const SKIP_MS = 30_000
/** Until when parts are skipped (Unix time in ms), by function name. */
const skippedUntil = new Map<string, number>()

/** Returns whether a part failed lately. Such a part is skipped: its failure would cost each page a second round trip. */
export function isSkipped(name: string): boolean {
  const until = skippedUntil.get(name)
  if (until === undefined) return false
  if (until > Date.now()) return true
  skippedUntil.delete(name)
  return false
}

/** Skips a part in this isolate for a while. */
export function skipPart(name: string): void {
  skippedUntil.set(name, Date.now() + SKIP_MS)
}

/** Returns the error of an optional part that failed or is skipped: the page renders without it. */
export const partError = (cause?: unknown) => new AppError('database_unavailable', { cause })

const QUERY_CANCELED = '57014'

/**
 * Returns whether an optional part may have caused a batch's error: not if it is a connection failure, a conflict or an error
 * of our functions (CR…).
 */
export function isPartFault(error: unknown): boolean {
  const state = sqlState(error)
  if (state === undefined) return false
  return state === QUERY_CANCELED || !/^(08|28|3D|40|53|57|58|CR)/.test(state)
}

/** Returns those of the given functions that the error's message or context names; all of them if it names none. */
export function partsAtFault(error: unknown, names: string[]): string[] {
  const { message = '', where } = error as { message?: string; where?: unknown }
  const context = `${message} ${typeof where === 'string' ? where : ''}`
  const found = names.filter((name) => context.includes(name))
  return found.length > 0 ? found : names
}
