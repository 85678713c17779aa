import { expect, test } from 'vitest'
import { joinStatements, rowsOf } from './join-statements.ts'

test('parameters are renumbered so that each statement has its own values', () => {
  const joined = joinStatements([
    { name: 'one', text: 'select * from one($1::text, $2::integer)', values: ['a', 1] },
    { name: 'none', text: 'select * from none()', values: [] },
    { name: 'two', text: 'select * from two($1::uuid, $1::uuid)', values: ['b'] },
  ])
  expect(joined).toEqual({
    name: 'one none two',
    text:
      'select (select json_agg(read) from (select * from one($1::text, $2::integer)) read) as read_0, ' +
      '(select json_agg(read) from (select * from none()) read) as read_1, ' +
      '(select json_agg(read) from (select * from two($3::uuid, $3::uuid)) read) as read_2',
    values: ['a', 1, 'b'],
  })
})

test('rowsOf returns [] for a statement without rows', () => {
  const row = { read_0: [{ tag: 'tea' }], read_1: null }
  expect([rowsOf(row, 0), rowsOf(row, 1), rowsOf(undefined, 0)]).toEqual([[{ tag: 'tea' }], [], []])
})
