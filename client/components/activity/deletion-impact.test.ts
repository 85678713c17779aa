import { expect, it } from 'vitest'
import { describeDeletionImpact } from './deletion-impact.ts'

it.each([
  [0, 0, 'It will be gone at once, for everyone.'],
  [1, 1, '1 reply by 1 person goes with it.'],
  [3, 1, '3 replies by 1 person go with it.'],
  [12, 5, '12 replies by 5 people go with it.'],
  [1200, 1001, '1,200 replies by 1,001 people go with it.'],
])('describes a deletion with %i replies by %i people', (replies_count, people_count, words) => {
  expect(describeDeletionImpact({ replies_count, people_count })).toBe(words)
})
