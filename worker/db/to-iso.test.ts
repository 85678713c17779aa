import { expect, test } from 'vitest'
import { toIso } from './to-iso.ts'

test.each([
  ['2026-11-25 04:05:06+00', '2026-11-25T04:05:06.000Z'],
  ['2026-11-25 04:05:06.7+00', '2026-11-25T04:05:06.700Z'],
  ['2026-11-25 04:05:06.789+00', '2026-11-25T04:05:06.789Z'],
  // Microseconds are cut off, as in a Date.
  ['2026-11-25 04:05:06.789999+00', '2026-11-25T04:05:06.789Z'],
  ['2026-11-25 04:05:06.789+02', '2026-11-25T02:05:06.789Z'],
  ['2026-11-25 04:05:06.789+05:30', '2026-11-24T22:35:06.789Z'],
])('converts %s', (written, expected) => {
  expect(toIso(written)).toBe(expected)
  expect(expected).toBe(new Date(written).toISOString())
})

test('throws for infinity', () => {
  expect(() => toIso('infinity')).toThrow(RangeError)
})
