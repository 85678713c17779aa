import { AppError } from '../contract/app-error.ts'
import type { Env } from '../env.ts'
import type { Cause, Failure } from './failure.ts'
import { sendToRollbar } from './rollbar.ts'

/** Limit of stack frames per error, and of errors in a chain of causes. */
const FRAMES_MAX = 20
const CAUSES_MAX = 5

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** Returns the frames of a stack without its first lines, which repeat the message. */
const framesOf = ({ stack }: Error) =>
  (stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, FRAMES_MAX)

function causesOf(error: unknown): Cause[] {
  const causes: Cause[] = []
  for (let cause = error; cause instanceof Error && causes.length < CAUSES_MAX; cause = cause.cause) {
    const { code, constraint } = cause as { code?: unknown; constraint?: unknown }
    const known = { code: text(code), constraint: text(constraint) }
    const details = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
    causes.push({ name: cause.name, ...details, frames: framesOf(cause) })
  }
  return causes
}

/** Returns what may be logged of an error. */
export function toFailure(error: unknown, requestId: string, route: string | undefined): Failure {
  const codes = error instanceof AppError ? error.items.map(({ code }) => code) : ['internal']
  return { source: 'worker', request_id: requestId, route, codes, causes: causesOf(error) }
}

/** What a report needs of the context of the request. */
export type ReportContext = {
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
export function reportError(error: unknown, context: ReportContext): void {
  if (error instanceof Error && reported.has(error)) return
  if (error instanceof Error) reported.add(error)
  report(toFailure(error, context.requestId, context.route), context)
}

/** Reports that an optional part of a page failed. `part`: the name of its SQL function. */
export function reportFailedPart(part: string, cause: unknown, context: ReportContext): void {
  report({ ...toFailure(new AppError('internal', { cause }), context.requestId, context.route), part }, context)
}

/** Logs a failure, and sends it to Rollbar if it is unexpected. */
export function report(failure: Failure, { settings, waitUntil }: Pick<ReportContext, 'settings' | 'waitUntil'>): void {
  console.error(JSON.stringify({ event: 'error', ...failure }))
  if (settings.rollbar && failure.codes.includes('internal'))
    waitUntil(sendToRollbar(settings.rollbar, failure, settings.version))
}
