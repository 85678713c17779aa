import { AppError } from '../contract/app-error.ts'
import type { Env } from '../env.ts'
import type { Cause, Failure } from './failure.ts'
import { sendToRollbar } from './rollbar.ts'

/** Limit of stack frames per error. */
const MOST_FRAMES = 20
const MOST_CAUSES = 5

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** Returns the frames of a stack without its first lines, which repeat the message. */
const framesOf = ({ stack }: Error) =>
  (stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, MOST_FRAMES)

function causesOf(error: unknown): Cause[] {
  const causes: Cause[] = []
  for (let at = error; at instanceof Error && causes.length < MOST_CAUSES; at = at.cause) {
    const { code, constraint } = at as { code?: unknown; constraint?: unknown }
    const known = { code: text(code), constraint: text(constraint) }
    const details = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
    causes.push({ name: at.name, ...details, frames: framesOf(at) })
  }
  return causes
}

/** Returns what may be logged of an error. */
export function toFailure(error: unknown, requestId: string, route: string | undefined): Failure {
  const codes = error instanceof AppError ? error.items.map(({ code }) => code) : ['internal']
  return { source: 'worker', request_id: requestId, route, codes, causes: causesOf(error) }
}

/** The request of an error. */
type At = {
  requestId: string
  route: string | undefined
  settings: Env
  waitUntil: (work: Promise<unknown>) => void
}

/** Errors already reported: all reads of a batch reject with the same error. */
const reported = new WeakSet<object>()

/**
 * Reports an error once: as a log line and, if it is unexpected (`internal`), to Rollbar. Outages of the database or Cognito
 * are expected now and then.
 */
export function reportError(error: unknown, at: At): void {
  if (error instanceof Error && reported.has(error)) return
  if (error instanceof Error) reported.add(error)
  report(toFailure(error, at.requestId, at.route), at)
}

/** Reports that an optional part of a page failed. `part`: the name of its SQL function. */
export function reportFailedPart(part: string, cause: unknown, at: At): void {
  report({ ...toFailure(new AppError('internal', { cause }), at.requestId, at.route), part }, at)
}

/** Logs a failure, and sends it to Rollbar if it is unexpected. */
export function report(failure: Failure, { settings, waitUntil }: Pick<At, 'settings' | 'waitUntil'>): void {
  console.error(JSON.stringify({ event: 'error', ...failure }))
  if (settings.rollbar && failure.codes.includes('internal'))
    waitUntil(sendToRollbar(settings.rollbar, failure, settings.version))
}
