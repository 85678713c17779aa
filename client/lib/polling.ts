import type { Query } from '@tanstack/react-query'

/** Between two askings while all is well, and at most; ms. */
const EVERY = 30_000
const AT_MOST = 5 * 60_000

/**
 * How long to wait before asking again, ms. After failures (too many requests, out of reach) it doubles: twice as long
 * as it has been since the last good answer.
 */
export function nextPoll(
  { dataUpdatedAt, errorUpdatedAt }: { dataUpdatedAt: number; errorUpdatedAt: number },
  every: number = EVERY,
): number {
  const failingFor = errorUpdatedAt - dataUpdatedAt
  return Math.min(AT_MOST, Math.max(every, 2 * failingFor))
}

/** Options of a query that is asked again and again, only while the page is seen, and at once when it is seen again. */
export const polled = (every?: number) =>
  ({
    refetchInterval: ({ state }: Pick<Query, 'state'>) => nextPoll(state, every),
    refetchOnWindowFocus: 'always',
    retry: false,
  }) as const
