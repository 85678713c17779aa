import { expect, it } from 'vitest'
import { ApiError } from './api.ts'
import { asksOnReturn, nextPoll } from './polling.ts'

const none = { dataUpdatedAt: 0, errorUpdatedAt: 0, error: null }
const refused = (retryAfter?: number) => new ApiError(429, { errors: [], request_id: '' }, retryAfter)

it('asks every 30 s while answers come, or as often as is wanted', () => {
  expect(nextPoll({ ...none, dataUpdatedAt: 1_000 })).toBe(30_000)
  expect(nextPoll({ ...none, dataUpdatedAt: 900_000, errorUpdatedAt: 800_000 })).toBe(30_000)
  expect(nextPoll({ ...none, dataUpdatedAt: 1_000 }, 5_000)).toBe(5_000)
})

it('doubles the wait for as long as none comes, up to five minutes', () => {
  const waits: number[] = []
  let now = 30_000
  for (let i = 0; i < 5; i += 1) {
    const wait = nextPoll({ ...none, errorUpdatedAt: now, error: refused() })
    waits.push(wait)
    now += wait
  }
  expect(waits).toEqual([60_000, 180_000, 300_000, 300_000, 300_000])
})

it('goes on asking a network that gives no answer', () => {
  const silence = new ApiError(503, { errors: [], request_id: '' })
  expect(nextPoll({ ...none, errorUpdatedAt: 900_000, error: silence })).toBe(30_000)
})

it('leaves the server alone for as long as it asks for, also when one comes back to the page', () => {
  const state = { dataUpdatedAt: 1_000, errorUpdatedAt: 2_000, error: refused(600) }
  expect(nextPoll(state, 5_000)).toBe(600_000)
  expect(asksOnReturn(state, 601_999)).toBe(false)
  expect(asksOnReturn(state, 602_000)).toBe('always')
  expect(asksOnReturn({ ...state, dataUpdatedAt: 3_000 }, 10_000)).toBe('always')
})

it('asks at once when one comes back, once', () => {
  expect(asksOnReturn({ ...none, dataUpdatedAt: 1_000 }, 60_000)).toBe('always')
  expect(asksOnReturn({ ...none, dataUpdatedAt: 60_000 }, 60_001)).toBe(false)
})
