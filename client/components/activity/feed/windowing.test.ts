import { describe, expect, it } from 'vitest'
import { type ListWindow, splitIntoWindows } from './windowing.ts'

/** Splits a list given as text: one letter per row. */
const split = (rows: string, before: readonly ListWindow[] = []) => splitIntoWindows([...rows], before)
const asText = (windows: readonly ListWindow[]) => windows.map(({ keys }) => keys.join('')).join(' ')

const TEN = 'abcdefghij'
const MORE = 'klmnopqrst'

it('splits a new list into three windows of four rows and then of ten, with the index of their first row', () => {
  const windows = split(`${TEN}${MORE}uvwx`)
  expect(asText(windows)).toBe('abcd efgh ijkl mnopqrstuv wx')
  expect(windows.map(({ firstIndex }) => firstIndex)).toEqual([0, 4, 8, 12, 22])
  expect(new Set(windows.map(({ id }) => id)).size).toBe(5)
  expect(split('')).toEqual([])
})

describe('keeps rows in their window', () => {
  it.each([
    ['rows prepended start a new window', `XYZ${TEN}kl`, 'XYZ abcd efgh ijkl'],
    ['many rows prepended start several windows', `012345${TEN}kl`, '0123 45 abcd efgh ijkl'],
    ['rows appended start a new window behind full ones', `${TEN}klMNOPQRSTUVW`, 'abcd efgh ijkl MNOPQRSTUV W'],
    ['rows inserted inside a window extend it', 'aXYZbcdefghijkl', 'aXYZbcd efgh ijkl'],
    ['rows inserted between two windows join the one above if it has room', 'abcXYefghijkl', 'abcX Y efgh ijkl'],
    ['rows removed leave smaller windows', 'acekl', 'ac e kl'],
    ['all rows but one removed', 'l', 'l'],
    ['all rows replaced', 'XYZ', 'XYZ'],
    ['all rows removed', '', ''],
  ])('%s', (_, rows, expected) => {
    const before = split(`${TEN}kl`)
    const windows = split(rows, before)
    expect(asText(windows)).toBe(expected)
    expect(windows.map(({ firstIndex, keys }) => rows.slice(firstIndex, firstIndex + keys.length))).toEqual(
      windows.map(({ keys }) => keys.join('')),
    )
    const windowOf = (list: readonly ListWindow[], key: string) => list.find(({ keys }) => keys.includes(key))?.id
    for (const key of [...rows].filter((row) => `${TEN}kl`.includes(row))) {
      expect(windowOf(windows, key), key).toBe(windowOf(before, key))
    }
    expect(new Set(windows.map(({ id }) => id)).size).toBe(windows.length)
  })
})

it('keeps rows in their window over 500 random insertions and removals', () => {
  let rows = [...TEN]
  let windows = splitIntoWindows(rows, [])
  let created = 0
  // A fixed seed: the same numbers in every run.
  let seed = 7
  const below = (n: number) => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed % n
  }
  for (let step = 0; step < 500; step += 1) {
    const next = rows.filter(() => below(20) > 0)
    const at = [0, next.length, below(next.length + 1)][below(3)] ?? 0
    next.splice(at, 0, ...Array.from({ length: below(8) }, () => `${created++}`))
    const before = new Map(windows.flatMap(({ id, keys }) => keys.map((key) => [key, id])))
    windows = splitIntoWindows(next, windows)
    expect(windows.flatMap(({ keys }) => keys)).toEqual(next)
    expect(new Set(windows.map(({ id }) => id)).size).toBe(windows.length)
    for (const { id, keys } of windows) for (const key of keys) expect(before.get(key) ?? id).toBe(id)
    rows = next
  }
})
