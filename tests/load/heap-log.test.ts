import { describe, expect, test } from 'vitest'
import { HeapLog, halvesOf, MAX_GROWTH } from './heap-log.ts'

const LINE = (isolate: string, left: number) =>
  `[31504:${isolate}]    21076 ms: Mark-Compact (reduce) 47.6 (88.2) -> ${left} (83.2) MB, pooled: 2.5 MB, 238.62 / 0.08 ms`

test('the heap with the most collections is taken for the Worker’s', () => {
  const heaps = new HeapLog()
  for (const line of [
    LINE('0xa', 3),
    LINE('0xb', 9.5),
    'anything else',
    LINE('0xb', 10.25),
    '[1:0xb] 5 ms: Scavenge 4 (5) -> 3 (5) MB',
  ])
    heaps.read(line)
  expect(heaps.sizes).toEqual([9.5, 10.25])
})

describe('a heap that', () => {
  const grows = (heapSizes: number[]) => {
    const { before, after } = halvesOf(heapSizes)
    return after > before * (1 + MAX_GROWTH)
  }

  test.each([
    ['stays the same does not count as growing', [9, 10, 10, 10, 10], false],
    ['varies a little does not count as growing', [9, 10, 10.5, 9.8, 10.4, 10.1], false],
    ['grows at the start only does not count as growing', [2, 10, 10, 10, 10], false],
    ['grows steadily counts as growing', [9, 10, 11, 12, 13, 14], true],
    ['begins to grow late counts as growing', [9, 10, 10, 10, 12, 14], true],
  ])('%s', (_, heapSizes, grown) => {
    expect(grows(heapSizes)).toBe(grown)
  })
})
