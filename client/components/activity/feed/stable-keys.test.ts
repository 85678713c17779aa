import { expect, it } from 'vitest'
import { movedRows } from './stable-keys.ts'

const rows = (text: string) => [...text].map((uuid) => ({ uuid }))

it.each([
  ['abc', 'abc', ''],
  ['abc', 'xaybcz', ''],
  ['abcd', 'bd', ''],
  ['abcd', 'cabd', 'c'],
  ['abcd', 'xdcab', 'cd'],
  ['abcd', 'bcad', 'bc'],
  ['', 'ab', ''],
])('from %s to %s moves: %s', (before, after, expected) => {
  const found = movedRows(rows(before), rows(after))
  expect([...found].sort().join('')).toBe(expected)
  // All other rows kept their order, so React moves no element.
  const rest = [...after].filter((uuid) => before.includes(uuid) && !found.includes(uuid))
  expect(rest).toEqual([...before].filter((uuid) => rest.includes(uuid)))
})
