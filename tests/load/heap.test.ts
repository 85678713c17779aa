import { describe, expect, test } from 'vitest'
import { Heaps, heldIn, MOST_GROWTH } from './heap.ts'

const LINE = (isolate: string, left: number) =>
  `[31504:${isolate}]    21076 ms: Mark-Compact (reduce) 47.6 (88.2) -> ${left} (83.2) MB, pooled: 2.5 MB, 238.62 / 0.08 ms`

test('of all heaps, the one that is collected the most often is the Worker’s', () => {
  const heaps = new Heaps()
  for (const line of [
    LINE('0xa', 3),
    LINE('0xb', 9.5),
    'anything else',
    LINE('0xb', 10.25),
    '[1:0xb] 5 ms: Scavenge 4 (5) -> 3 (5) MB',
  ])
    heaps.hear(line)
  expect(heaps.held).toEqual([9.5, 10.25])
})

describe('what stays of a heap', () => {
  const grows = (held: number[]) => {
    const { before, after } = heldIn(held)
    return after > before * (1 + MOST_GROWTH)
  }

  test.each([
    ['the same', [9, 10, 10, 10, 10], false],
    ['a little more or less', [9, 10, 10.5, 9.8, 10.4, 10.1], false],
    ['what starting takes', [2, 10, 10, 10, 10], false],
    ['more and more', [9, 10, 11, 12, 13, 14], true],
    ['one that begins late', [9, 10, 10, 10, 12, 14], true],
  ])('%s', (_, held, grown) => {
    expect(grows(held)).toBe(grown)
  })
})
