import { describe, expect, test } from 'vitest'
import { Ledger, outcomeOf } from './ledger.ts'

const rowsOf = (...facts: string[]) => {
  const counts = new Map<string, number>()
  for (const fact of facts) counts.set(fact, (counts.get(fact) ?? 0) + 1)
  return counts
}

describe('the outcome of a write by its answer', () => {
  test.each([
    [200, [], 'acknowledged'],
    [201, [], 'acknowledged'],
    [204, [], 'acknowledged'],
    [403, ['not_yours'], 'refused'],
    [422, ['message_blank'], 'refused'],
    [503, ['overloaded'], 'refused'],
    // The database may have done the write, and its answer have come too late.
    [503, ['database_unavailable'], 'unknown'],
    [500, ['internal'], 'unknown'],
    [0, [], 'unknown'],
  ] as const)('%i %j: %s', (status, codes, outcome) => {
    expect(outcomeOf(status, [...codes])).toBe(outcome)
  })
})

describe('the database agrees with the ledger', () => {
  test('if it has what was acknowledged, and not what was refused', () => {
    const ledger = new Ledger()
    ledger.record('acknowledged', { creates: ['a'] })
    ledger.record('refused', { creates: ['b'] })
    expect(ledger.compare(rowsOf('a'))).toEqual([])
    expect(ledger.counts).toEqual({ acknowledged: 1, refused: 1, unknown: 0 })
  })

  test('with or without a write of unknown outcome', () => {
    const ledger = new Ledger()
    ledger.record('unknown', { creates: ['a'] })
    expect(ledger.compare(rowsOf())).toEqual([])
    expect(ledger.compare(rowsOf('a'))).toEqual([])
  })

  test('if it has the last state of what was created and removed', () => {
    const ledger = new Ledger()
    ledger.record('acknowledged', { creates: ['a'] })
    ledger.record('acknowledged', { removes: ['a'], creates: ['b'] })
    ledger.record('refused', { removes: ['b'] })
    expect(ledger.compare(rowsOf('b'))).toEqual([])
  })
})

describe('comparing finds', () => {
  const ledger = new Ledger()
  ledger.record('acknowledged', { creates: ['created'] })
  ledger.record('refused', { creates: ['refused'] })
  ledger.record('unknown', { creates: ['unknown'] })
  ledger.record('acknowledged', { creates: ['undone'] })
  ledger.record('acknowledged', { removes: ['undone'] })

  test.each([
    ['an acknowledged write that is missing', rowsOf(), { fact: 'created', found: 0, allowed: [1] }],
    [
      'an acknowledged write that exists twice',
      rowsOf('created', 'created'),
      { fact: 'created', found: 2, allowed: [1] },
    ],
    ['a refused write that exists', rowsOf('created', 'refused'), { fact: 'refused', found: 1, allowed: [0] }],
    ['an undone write that exists', rowsOf('created', 'undone'), { fact: 'undone', found: 1, allowed: [0] }],
    [
      'a write of unknown outcome that exists twice',
      rowsOf('created', 'unknown', 'unknown'),
      { fact: 'unknown', found: 2, allowed: [0, 1] },
    ],
    ['a row that no write created', rowsOf('created', 'stray'), { fact: 'stray', found: 1, allowed: [0] }],
  ])('%s', (_, rows, difference) => {
    expect(ledger.compare(rows)).toEqual([difference])
  })

  test('after a removal of unknown outcome, only a fact that exists twice', () => {
    const unknownRemoval = new Ledger()
    unknownRemoval.record('acknowledged', { creates: ['a'] })
    unknownRemoval.record('unknown', { removes: ['a'] })
    expect([rowsOf(), rowsOf('a'), rowsOf('a', 'a')].map((rows) => unknownRemoval.compare(rows).length)).toEqual([
      0, 0, 1,
    ])
  })
})
