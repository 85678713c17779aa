import { describe, expect, test } from 'vitest'
import { listQuery } from '../contract/list.ts'
import { isUuid, readCursor, toList, writeCursor } from './paging.ts'

const A = '01a20dc2-7aaa-7389-b334-d306f5b17a26'
const B = '01a20dc2-7a8b-7542-b0d1-d9bd7f91a844'

describe('cursor', () => {
  test('is parsed as it was written', () => {
    expect(readCursor(writeCursor(A), 1)).toEqual([A])
    expect(readCursor(writeCursor(A, B), 2)).toEqual([A, B])
  })

  test('is empty for the first page', () => {
    expect(readCursor(undefined, 2)).toEqual([])
  })

  test.each([
    ['', 1],
    ['x', 1],
    [`${A}.`, 1],
    [`${A}.${B}`, 1],
    [A, 2],
    [`${A}.${B}.${A}`, 2],
    [`${A} `, 1],
    [`${A}\n`, 1],
    [`{${A}}`, 1],
    [A.replaceAll('-', ''), 1],
    [`${A}'; drop table users; --`, 1],
  ])('%j is malformed for %i parts', (cursor, parts) => {
    const reading = () => readCursor(cursor, parts)
    expect(reading).toThrow('cursor_malformed')
    expect(isUuid(cursor) && parts === 1).toBe(false)
  })
})

describe('page', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, index) => `row ${index + 1}`)
  const cursorAfter = (row: string) => `after ${row}`

  test.each([
    [0, [], null],
    [1, ['row 1'], null],
    [2, ['row 1', 'row 2'], null],
    [3, ['row 1', 'row 2'], 'after row 2'],
  ])('of two items, from %i rows', (read, data, next_cursor) => {
    expect(toList(rows(read), 2, cursorAfter)).toEqual({ data, next_cursor })
  })
})

describe('limit', () => {
  test.each([
    [undefined, 20],
    ['1', 1],
    ['100', 100],
  ])('%s means %i', (limit, count) => {
    expect(listQuery.parse(limit === undefined ? {} : { limit })).toEqual({ limit: count })
  })

  test.each(['0', '101', '-1', '1.5', '', ' 5', '5e1', 'ten', '0x10', '١'])('%j is malformed', (limit) => {
    expect(listQuery.safeParse({ limit }).error?.issues[0]?.message).toBe('limit_malformed')
  })

  test('a cursor that is too long is malformed', () => {
    expect(listQuery.safeParse({ cursor: 'x'.repeat(201) }).error?.issues[0]?.message).toBe('cursor_malformed')
  })
})
