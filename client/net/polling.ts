import type { Query } from '@tanstack/react-query'
import { ApiError } from './api.ts'

/** Between two askings while all is well, and at most; ms. */
const EVERY = 30_000
const AT_MOST = 5 * 60_000

/** Coming back to the page asks at once, but not again within so many ms: a return makes several events. */
const JUST_NOW = 50

type State = Pick<Query['state'], 'dataUpdatedAt' | 'errorUpdatedAt' | 'error'>

/** No answer at all: whoever answers with 503 says for how long. The network may be back any moment. */
const isUnanswered = ({ error }: State) =>
  error instanceof ApiError && error.status === 503 && error.retryAfter === undefined

/** How long the server wants to be left alone after its last answer, ms. */
const askedToWait = ({ error }: State): number => (error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0)

type Held = { state: State }

/** When the first refusal came of those since the last good answer, of queries that were refused. */
const refusedSince = new WeakMap<Held, number>()

/**
 * How long to wait before asking again, ms. After refusals (too many requests, out of reach) it doubles: twice as long
 * as it has been since the first of them, and never shorter than the server asks for.
 */
export function nextPoll(query: Held, every: number = EVERY): number {
  const { state } = query
  const { dataUpdatedAt, errorUpdatedAt } = state
  const known = refusedSince.get(query) ?? 0
  const since = known > dataUpdatedAt ? known : errorUpdatedAt
  refusedSince.set(query, since)
  const failingFor = isUnanswered(state) ? 0 : errorUpdatedAt - since
  return Math.max(askedToWait(state), Math.min(AT_MOST, Math.max(every, 2 * failingFor)))
}

/** Whether to ask at once now that the page is seen again, or the network is back. Takes ms. */
export function asksOnReturn(state: State, now: number): 'always' | false {
  const { dataUpdatedAt, errorUpdatedAt } = state
  const quiet = errorUpdatedAt > dataUpdatedAt ? askedToWait(state) : 0
  return now >= Math.max(dataUpdatedAt + JUST_NOW, errorUpdatedAt + quiet) ? 'always' : false
}

const onReturn = ({ state }: Held) => asksOnReturn(state, Date.now())

/** Options of a query that is asked again and again, only while the page is seen, and at once when it is seen again. */
export const pollOptions = (every?: number) =>
  ({
    // Offline nothing is asked; the network's return asks.
    refetchInterval: (query: Held) => navigator.onLine && nextPoll(query, every),
    refetchOnWindowFocus: onReturn,
    refetchOnReconnect: onReturn,
    retry: false,
  }) as const
