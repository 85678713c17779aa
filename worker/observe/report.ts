import { AppError } from '../contract/app-error.ts'
import type { Env } from '../env.ts'
import type { Cause, Failure } from './failure.ts'
import { sendToRollbar } from './rollbar.ts'

/** Lines of a stack that are kept. */
const MOST_FRAMES = 20
const MOST_CAUSES = 5

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** A stack without its first lines, which repeat the message. */
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
    const told = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
    causes.push({ name: at.name, ...told, frames: framesOf(at) })
  }
  return causes
}

/** What may be told of an error. */
export function toFailure(error: unknown, requestId: string, route: string | undefined): Failure {
  const codes = error instanceof AppError ? error.items.map(({ code }) => code) : ['internal']
  return { source: 'worker', request_id: requestId, route, codes, causes: causesOf(error) }
}

/** The request that an error happened in. */
type At = {
  requestId: string
  route: string | undefined
  env: Env
  waitUntil: (work: Promise<unknown>) => void
}

/** All that a page asks for at once fails by one error, of which one line is enough. */
const reported = new WeakSet<object>()

/**
 * Reports an error of ours, once: a line in the log and, when nobody expected it, an item for the reporter. What is out of
 * reach (the database, Cognito) is expected to be so now and then.
 */
export function reportError(error: unknown, at: At): void {
  if (error instanceof Error && reported.has(error)) return
  if (error instanceof Error) reported.add(error)
  report(toFailure(error, at.requestId, at.route), at)
}

/** Reports that an optional part of a page failed, by the name of its function; the page goes on without it. */
export function reportFailedPart(part: string, cause: unknown, at: At): void {
  report({ ...toFailure(new AppError('internal', { cause }), at.requestId, at.route), part }, at)
}

/** The same for a failure as it is told already. */
export function report(failure: Failure, { env, waitUntil }: Pick<At, 'env' | 'waitUntil'>): void {
  console.error(JSON.stringify({ event: 'error', ...failure }))
  if (env.rollbar && failure.codes.includes('internal')) waitUntil(sendToRollbar(env.rollbar, failure, env.version))
}
