import { describe, expect, it } from 'vitest'
import { type ListWindow, windowsOf } from './windowing.ts'

/** A list as text: a row a letter. */
const inStretches = (rows: string, before: readonly ListWindow[] = []) => windowsOf([...rows], before)
const told = (stretches: readonly ListWindow[]) => stretches.map(({ keys }) => keys.join('')).join(' ')

const TEN = 'abcdefghij'
const MORE = 'klmnopqrst'

it('has ten rows a stretch at first, and tells where each begins', () => {
  const stretches = inStretches(`${TEN}${MORE}uv`)
  expect(told(stretches)).toBe(`${TEN} ${MORE} uv`)
  expect(stretches.map(({ first }) => first)).toEqual([0, 10, 20])
  expect(new Set(stretches.map(({ id }) => id)).size).toBe(3)
  expect(inStretches('')).toEqual([])
})

describe('what is there stays where it is', () => {
  it.each([
    ['rows on top begin a new one', `XYZ${TEN}kl`, `XYZ ${TEN} kl`],
    ['many of them begin several', `0123456789XY${TEN}kl`, `0123456789 XY ${TEN} kl`],
    ['rows below fill the last', `${TEN}klMNOPQRSTUV`, `${TEN} klMNOPQRST UV`],
    ['rows in the midst stretch theirs', 'aXYZbcdefghijkl', 'aXYZbcdefghij kl'],
    ['rows between two go with the one above, if it has room', 'abcdefghiXYkl', 'abcdefghiX Y kl'],
    ['rows that go leave theirs', 'acekl', 'ace kl'],
    ['all but one row gone', 'l', 'l'],
    ['all new', 'XYZ', 'XYZ'],
    ['none left', '', ''],
  ])('%s', (_, rows, expected) => {
    const before = inStretches(`${TEN}kl`)
    const stretches = inStretches(rows, before)
    expect(told(stretches)).toBe(expected)
    expect(stretches.map(({ first, keys }) => rows.slice(first, first + keys.length))).toEqual(
      stretches.map(({ keys }) => keys.join('')),
    )
    const home = (list: readonly ListWindow[], key: string) => list.find(({ keys }) => keys.includes(key))?.id
    for (const key of [...rows].filter((row) => `${TEN}kl`.includes(row))) {
      expect(home(stretches, key), key).toBe(home(before, key))
    }
    expect(new Set(stretches.map(({ id }) => id)).size).toBe(stretches.length)
  })
})

it('stays so whatever comes and goes', () => {
  let rows = [...TEN]
  let stretches = windowsOf(rows, [])
  let named = 0
  // The same numbers in every run.
  let seed = 7
  const below = (n: number) => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed % n
  }
  for (let step = 0; step < 500; step += 1) {
    const next = rows.filter(() => below(20) > 0)
    const at = [0, next.length, below(next.length + 1)][below(3)] ?? 0
    next.splice(at, 0, ...Array.from({ length: below(8) }, () => `${named++}`))
    const before = new Map(stretches.flatMap(({ id, keys }) => keys.map((key) => [key, id])))
    stretches = windowsOf(next, stretches)
    expect(stretches.flatMap(({ keys }) => keys)).toEqual(next)
    expect(new Set(stretches.map(({ id }) => id)).size).toBe(stretches.length)
    for (const { id, keys } of stretches) for (const key of keys) expect(before.get(key) ?? id).toBe(id)
    rows = next
  }
})
