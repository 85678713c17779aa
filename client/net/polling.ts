import type { Query } from '@tanstack/react-query'
import { ApiError } from './api.ts'

/** Polling interval, and its maximum during backoff, in ms. */
const INTERVAL_MS = 15_000
const MAX_INTERVAL_MS = 5 * 60_000

/** Debounce of refetches on return to the tab, which fires several events; in ms. */
const DEBOUNCE_MS = 50

type State = Pick<Query['state'], 'dataUpdatedAt' | 'errorUpdatedAt' | 'error'>

/** Returns whether there was no response: the API's own 503s have Retry-After. */
const hadNoResponse = ({ error }: State) =>
  error instanceof ApiError && error.status === 503 && error.retryAfter === undefined

/** Returns the last response's Retry-After, in ms; 0 without one. */
const retryAfterMs = ({ error }: State): number => (error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0)

type PolledQuery = { state: State }

/** When a query failed first after its last success, Unix time in ms. */
const failingSince = new WeakMap<PolledQuery, number>()

/**
 * Returns the delay before the next poll, in ms. While the server refuses (429, 503), the delay is twice the time since the first
 * refusal, and at least Retry-After. No backoff without a response: the network may be back at any moment.
 */
export function nextPoll(query: PolledQuery, intervalMs: number = INTERVAL_MS): number {
  const { state } = query
  const { dataUpdatedAt, errorUpdatedAt } = state
  const known = failingSince.get(query) ?? 0
  const since = known > dataUpdatedAt ? known : errorUpdatedAt
  failingSince.set(query, since)
  const failingForMs = hadNoResponse(state) ? 0 : errorUpdatedAt - since
  return Math.max(retryAfterMs(state), Math.min(MAX_INTERVAL_MS, Math.max(intervalMs, 2 * failingForMs)))
}

/** Returns whether to refetch when the tab becomes visible or the network is back. `now`: Unix time in ms. */
export function shouldRefetchOnReturn(state: State, now: number): 'always' | false {
  const { dataUpdatedAt, errorUpdatedAt } = state
  const retryAfter = errorUpdatedAt > dataUpdatedAt ? retryAfterMs(state) : 0
  return now >= Math.max(dataUpdatedAt + DEBOUNCE_MS, errorUpdatedAt + retryAfter) ? 'always' : false
}

const onReturn = ({ state }: PolledQuery) => shouldRefetchOnReturn(state, Date.now())

/** Whether nudges arrive (client/live). */
let isNudged = false

/** Sets whether nudges arrive. Returns whether they did before. */
export function setNudged(nextIsNudged: boolean): boolean {
  const wasNudged = isNudged
  isNudged = nextIsNudged
  return wasNudged
}

/** Returns options for a query that polls while the tab is visible, and refetches when it becomes visible. */
export const pollOptions = (intervalMs?: number) =>
  ({
    // No polls while offline; coming online refetches.
    refetchInterval: (query: PolledQuery) => navigator.onLine && nextPoll(query, intervalMs),
    refetchOnWindowFocus: onReturn,
    refetchOnReconnect: onReturn,
    retry: false,
  }) as const

/** Like pollOptions, for what nudges report. While nudges arrive, polls are rare: they only catch lost ones. */
export const rarePollOptions = (intervalMs?: number) => ({
  ...pollOptions(intervalMs),
  refetchInterval: (query: PolledQuery) => navigator.onLine && nextPoll(query, isNudged ? MAX_INTERVAL_MS : intervalMs),
})
