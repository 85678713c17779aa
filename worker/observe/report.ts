import type { AppError } from '../contract/app-error.ts'

/** What may be known of a cause: names, codes and stacks, never a message, which can hold what a person typed. */
function describe(cause: unknown): Record<string, unknown> | undefined {
  if (!(cause instanceof Error)) return undefined
  const { code, constraint, routine } = cause as { code?: unknown; constraint?: unknown; routine?: unknown }
  return { name: cause.name, code, constraint, routine, stack: frames(cause), cause: describe(cause.cause) }
}

/** A stack without its first line, which repeats the message. */
const frames = ({ stack }: Error) =>
  stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 12)

/** Writes one line of JSON about a failure that is ours to mend. */
export function reportError(error: AppError, requestId: string): void {
  console.error(
    JSON.stringify({
      event: 'error',
      request_id: requestId,
      codes: error.items.map((item) => item.code),
      stack: frames(error),
      cause: describe(error.cause),
    }),
  )
}
