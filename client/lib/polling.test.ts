import { expect, it } from 'vitest'
import { nextPoll } from './polling.ts'

it('asks every 30 s while answers come, or as often as is wanted', () => {
  expect(nextPoll({ dataUpdatedAt: 1_000, errorUpdatedAt: 0 })).toBe(30_000)
  expect(nextPoll({ dataUpdatedAt: 900_000, errorUpdatedAt: 800_000 })).toBe(30_000)
  expect(nextPoll({ dataUpdatedAt: 1_000, errorUpdatedAt: 0 }, 5_000)).toBe(5_000)
})

it('doubles the wait for as long as none comes, up to five minutes', () => {
  const waits: number[] = []
  let now = 30_000
  for (let i = 0; i < 5; i += 1) {
    const wait = nextPoll({ dataUpdatedAt: 0, errorUpdatedAt: now })
    waits.push(wait)
    now += wait
  }
  expect(waits).toEqual([60_000, 180_000, 300_000, 300_000, 300_000])
})
