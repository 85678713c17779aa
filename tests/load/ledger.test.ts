import { describe, expect, test } from 'vitest'
import { Ledger, outcomeOf } from './ledger.ts'

const found = (...facts: string[]) => {
  const counts = new Map<string, number>()
  for (const fact of facts) counts.set(fact, (counts.get(fact) ?? 0) + 1)
  return counts
}

describe('what an answer says of a write', () => {
  test.each([
    [200, [], 'acknowledged'],
    [201, [], 'acknowledged'],
    [204, [], 'acknowledged'],
    [403, ['not_yours'], 'refused'],
    [422, ['message_blank'], 'refused'],
    [503, ['overloaded'], 'refused'],
    // The database may have done it, and its answer have come too late.
    [503, ['database_unavailable'], 'unknown'],
    [500, ['internal'], 'unknown'],
    [0, [], 'unknown'],
  ] as const)('%i %j: %s', (status, codes, outcome) => {
    expect(outcomeOf(status, [...codes])).toBe(outcome)
  })
})

describe('the database agrees', () => {
  test('with what was acknowledged and what was refused', () => {
    const ledger = new Ledger()
    ledger.note('acknowledged', { makes: ['a'] })
    ledger.note('refused', { makes: ['b'] })
    expect(ledger.compare(found('a'))).toEqual([])
    expect(ledger.counts).toEqual({ acknowledged: 1, refused: 1, unknown: 0 })
  })

  test('with what nobody can tell of, made or not', () => {
    const ledger = new Ledger()
    ledger.note('unknown', { makes: ['a'] })
    expect(ledger.compare(found())).toEqual([])
    expect(ledger.compare(found('a'))).toEqual([])
  })

  test('with the last of what was done and undone', () => {
    const ledger = new Ledger()
    ledger.note('acknowledged', { makes: ['a'] })
    ledger.note('acknowledged', { ends: ['a'], makes: ['b'] })
    ledger.note('refused', { ends: ['b'] })
    expect(ledger.compare(found('b'))).toEqual([])
  })
})

describe('it tells of', () => {
  const ledger = new Ledger()
  ledger.note('acknowledged', { makes: ['made'] })
  ledger.note('refused', { makes: ['refused'] })
  ledger.note('unknown', { makes: ['unknown'] })
  ledger.note('acknowledged', { makes: ['undone'] })
  ledger.note('acknowledged', { ends: ['undone'] })

  test.each([
    ['a write that was acknowledged and is lost', found(), { fact: 'made', found: 0, allowed: [1] }],
    ['one that was made twice', found('made', 'made'), { fact: 'made', found: 2, allowed: [1] }],
    ['one that was refused and is there', found('made', 'refused'), { fact: 'refused', found: 1, allowed: [0] }],
    ['one that was undone and is there', found('made', 'undone'), { fact: 'undone', found: 1, allowed: [0] }],
    [
      'one that nobody can tell of, twice',
      found('made', 'unknown', 'unknown'),
      { fact: 'unknown', found: 2, allowed: [0, 1] },
    ],
    ['what nobody has asked for', found('made', 'stray'), { fact: 'stray', found: 1, allowed: [0] }],
  ])('%s', (_, rows, difference) => {
    expect(ledger.compare(rows)).toEqual([difference])
  })

  test('one that can be either way after an undoing that nobody can tell of, but no third', () => {
    const either = new Ledger()
    either.note('acknowledged', { makes: ['a'] })
    either.note('unknown', { ends: ['a'] })
    expect([found(), found('a'), found('a', 'a')].map((rows) => either.compare(rows).length)).toEqual([0, 0, 1])
  })
})
