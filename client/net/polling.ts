import type { Query } from '@tanstack/react-query'
import { ApiError } from './api.ts'

/** Polling interval, and the longest one after refusals; ms. */
const INTERVAL_MS = 30_000
const MAX_INTERVAL_MS = 5 * 60_000

/** Debounce of polls on return, in ms: coming back to a tab fires several events. */
const DEBOUNCE_MS = 50

type State = Pick<Query['state'], 'dataUpdatedAt' | 'errorUpdatedAt' | 'error'>

/** No response at all: ours with 503 have Retry-After. The network may be back any moment. */
const isUnanswered = ({ error }: State) =>
  error instanceof ApiError && error.status === 503 && error.retryAfter === undefined

/** The last response's Retry-After, in ms. */
const askedToWait = ({ error }: State): number => (error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0)

type Held = { state: State }

/** Owner: each query. The time of its first refusal since its last good response. */
const refusedSince = new WeakMap<Held, number>()

/**
 * Delay before the next poll, in ms. While the server refuses (429, 503), it is twice the time since the first refusal, and never
 * shorter than Retry-After.
 */
export function nextPoll(query: Held, every: number = INTERVAL_MS): number {
  const { state } = query
  const { dataUpdatedAt, errorUpdatedAt } = state
  const known = refusedSince.get(query) ?? 0
  const since = known > dataUpdatedAt ? known : errorUpdatedAt
  refusedSince.set(query, since)
  const failingFor = isUnanswered(state) ? 0 : errorUpdatedAt - since
  return Math.max(askedToWait(state), Math.min(MAX_INTERVAL_MS, Math.max(every, 2 * failingFor)))
}

/** Whether to refetch now that the tab is visible again or the network is back. Takes ms. */
export function asksOnReturn(state: State, now: number): 'always' | false {
  const { dataUpdatedAt, errorUpdatedAt } = state
  const quiet = errorUpdatedAt > dataUpdatedAt ? askedToWait(state) : 0
  return now >= Math.max(dataUpdatedAt + DEBOUNCE_MS, errorUpdatedAt + quiet) ? 'always' : false
}

const onReturn = ({ state }: Held) => asksOnReturn(state, Date.now())

/** Options of a query that polls while the tab is visible, and refetches when it becomes visible. */
export const pollOptions = (every?: number) =>
  ({
    // No polls while offline; coming online refetches.
    refetchInterval: (query: Held) => navigator.onLine && nextPoll(query, every),
    refetchOnWindowFocus: onReturn,
    refetchOnReconnect: onReturn,
    retry: false,
  }) as const
