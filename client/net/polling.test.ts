import { expect, it } from 'vitest'
import { ApiError } from './api.ts'
import { asksOnReturn, nextPoll } from './polling.ts'

type State = Parameters<typeof asksOnReturn>[0]

const none: State = { dataUpdatedAt: 0, errorUpdatedAt: 0, error: null }
const refused = (retryAfter?: number) => new ApiError(429, { errors: [], request_id: '' }, retryAfter)

/** A query that nobody has asked about before. */
const inState = (state: Partial<State>) => ({ state: { ...none, ...state } })

it('asks every 30 s while answers come, or as often as is wanted', () => {
  expect(nextPoll(inState({ dataUpdatedAt: 1_000 }))).toBe(30_000)
  expect(nextPoll(inState({ dataUpdatedAt: 900_000, errorUpdatedAt: 800_000 }))).toBe(30_000)
  expect(nextPoll(inState({ dataUpdatedAt: 1_000 }), 5_000)).toBe(5_000)
})

/** What a query that is refused each time waits, from `now` on. */
function waitsOf(query: { state: State }, now: number, times: number): number[] {
  return Array.from({ length: times }, () => {
    query.state = { ...query.state, errorUpdatedAt: now, error: refused() }
    const wait = nextPoll(query)
    now += wait
    return wait
  })
}

const DOUBLED = [30_000, 60_000, 180_000, 300_000, 300_000]

it.each([
  ['before the first answer', 0],
  ['soon after an answer', 1_790_000_000_000 - 30_000],
  ['long after an answer', 1_790_000_000_000 - 3_600_000],
])('doubles the wait for as long as it is refused, up to five minutes: %s', (_, dataUpdatedAt) => {
  expect(waitsOf(inState({ dataUpdatedAt }), 1_790_000_000_000, 5)).toEqual(DOUBLED)
})

it('begins anew with the refusals after an answer', () => {
  const query = inState({})
  waitsOf(query, 1_790_000_000_000, 3)
  query.state = { ...query.state, dataUpdatedAt: 1_790_001_000_000, error: null }
  expect(nextPoll(query)).toBe(30_000)
  expect(waitsOf(query, 1_790_001_030_000, 5)).toEqual(DOUBLED)
})

it('goes on asking a network that gives no answer', () => {
  const silence = new ApiError(503, { errors: [], request_id: '' })
  const query = inState({ errorUpdatedAt: 800_000, error: silence })
  nextPoll(query)
  query.state = { ...query.state, errorUpdatedAt: 900_000 }
  expect(nextPoll(query)).toBe(30_000)
})

it('leaves the server alone for as long as it asks for, also when one comes back to the page', () => {
  const state = { dataUpdatedAt: 1_000, errorUpdatedAt: 2_000, error: refused(600) }
  expect(nextPoll({ state }, 5_000)).toBe(600_000)
  expect(asksOnReturn(state, 601_999)).toBe(false)
  expect(asksOnReturn(state, 602_000)).toBe('always')
  expect(asksOnReturn({ ...state, dataUpdatedAt: 3_000 }, 10_000)).toBe('always')
})

it('asks at once when one comes back, once', () => {
  expect(asksOnReturn({ ...none, dataUpdatedAt: 1_000 }, 60_000)).toBe('always')
  expect(asksOnReturn({ ...none, dataUpdatedAt: 60_000 }, 60_001)).toBe(false)
})
