import { expect, test } from 'vitest'
import { heldIn, MOST_GROWTH } from './memory.ts'

/** Memory that fills up and is collected, over and over, and of which so much more is kept each time. */
const saw = (keeps: number) =>
  Array.from({ length: 120 }, (_, second) => 200 + (second % 7) * 20 + Math.floor(second / 7) * keeps)

test.each([
  ['garbage alone is no growth', 0, false],
  ['six MiB kept each time are', 6, true],
])('%s', (_, keeps, grows) => {
  const { before, after } = heldIn(saw(keeps))
  expect(after > before * (1 + MOST_GROWTH)).toBe(grows)
})

test('what comes before the middle third does not count', () => {
  const samples = saw(0)
  expect(heldIn([...samples.slice(0, 39).fill(1), ...samples.slice(39)])).toEqual(heldIn(samples))
})
