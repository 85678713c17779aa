import { afterEach, expect, test, vi } from 'vitest'
import { rememberRefused, wasRefused } from './refused-tokens.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('remembers a refused token for a minute', () => {
  vi.useFakeTimers()
  expect(wasRefused('one')).toBe(false)
  rememberRefused('one')
  vi.advanceTimersByTime(59_000)
  expect(wasRefused('one')).toBe(true)
  expect(wasRefused('another')).toBe(false)
  vi.advanceTimersByTime(1_000)
  expect(wasRefused('one')).toBe(false)
})

test('evicts the oldest entry over the limit', () => {
  rememberRefused('first')
  rememberRefused('second')
  rememberRefused('first')
  for (let i = 0; i < 1_999; i += 1) rememberRefused(`other ${i}`)
  expect(wasRefused('second')).toBe(false)
  expect(wasRefused('first')).toBe(true)
})
