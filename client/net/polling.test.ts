import { expect, it } from 'vitest'
import { ApiError } from './api.ts'
import { nextPoll, shouldRefetchOnReturn } from './polling.ts'

type State = Parameters<typeof shouldRefetchOnReturn>[0]

const none: State = { dataUpdatedAt: 0, errorUpdatedAt: 0, error: null }
const refused = (retryAfter?: number) => new ApiError(429, { errors: [], request_id: '' }, retryAfter)

/** Returns a new query with a state. */
const inState = (state: Partial<State>) => ({ state: { ...none, ...state } })

it('polls every 15 s while responses succeed, or at the given interval', () => {
  expect(nextPoll(inState({ dataUpdatedAt: 1_000 }))).toBe(15_000)
  expect(nextPoll(inState({ dataUpdatedAt: 900_000, errorUpdatedAt: 800_000 }))).toBe(15_000)
  expect(nextPoll(inState({ dataUpdatedAt: 1_000 }), 5_000)).toBe(5_000)
})

/** Returns the delays of a query that is refused `times` times, from `now` on. */
function delaysOf(query: { state: State }, now: number, times: number): number[] {
  return Array.from({ length: times }, () => {
    query.state = { ...query.state, errorUpdatedAt: now, error: refused() }
    const delay = nextPoll(query)
    now += delay
    return delay
  })
}

const BACKOFF = [15_000, 30_000, 90_000, 270_000, 300_000]

it.each([
  ['before the first response', 0],
  ['soon after a response', 1_790_000_000_000 - 15_000],
  ['long after a response', 1_790_000_000_000 - 3_600_000],
])('doubles the delay while it is refused, up to five minutes: %s', (_, dataUpdatedAt) => {
  expect(delaysOf(inState({ dataUpdatedAt }), 1_790_000_000_000, 5)).toEqual(BACKOFF)
})

it('restarts the backoff after a successful response', () => {
  const query = inState({})
  delaysOf(query, 1_790_000_000_000, 3)
  query.state = { ...query.state, dataUpdatedAt: 1_790_001_000_000, error: null }
  expect(nextPoll(query)).toBe(15_000)
  expect(delaysOf(query, 1_790_001_015_000, 5)).toEqual(BACKOFF)
})

it('does not back off without a response', () => {
  const noResponse = new ApiError(503, { errors: [], request_id: '' })
  const query = inState({ errorUpdatedAt: 800_000, error: noResponse })
  nextPoll(query)
  query.state = { ...query.state, errorUpdatedAt: 900_000 }
  expect(nextPoll(query)).toBe(15_000)
})

it('waits for Retry-After, also on return to the page', () => {
  const state = { dataUpdatedAt: 1_000, errorUpdatedAt: 2_000, error: refused(600) }
  expect(nextPoll({ state }, 5_000)).toBe(600_000)
  expect(shouldRefetchOnReturn(state, 601_999)).toBe(false)
  expect(shouldRefetchOnReturn(state, 602_000)).toBe('always')
  expect(shouldRefetchOnReturn({ ...state, dataUpdatedAt: 3_000 }, 10_000)).toBe('always')
})

it('refetches once on return to the page', () => {
  expect(shouldRefetchOnReturn({ ...none, dataUpdatedAt: 1_000 }, 60_000)).toBe('always')
  expect(shouldRefetchOnReturn({ ...none, dataUpdatedAt: 60_000 }, 60_001)).toBe(false)
})
