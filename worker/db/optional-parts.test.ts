import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { Database } from '../../tests/harness/database.ts'
import {
  countRequests,
  type DbOptions,
  divide,
  errorCodeOf,
  insertNote,
  makeNotesDatabase,
  openDb,
  readNotes,
} from '../../tests/harness/db-fixture.ts'
import { readStatement } from '../../tests/harness/statements.ts'

let database: Database
beforeAll(async () => {
  database = await makeNotesDatabase()
})
const open = (options?: DbOptions) => openDb(database, options)

describe('an optional part', () => {
  const partNamed = (name: string, text: string) =>
    readStatement({ name, text, params: {}, row: z.object({ place: z.number() }) })
  const failures = () => {
    const failed: string[] = []
    return { failed, onPartFailed: (name: string) => failed.push(name) }
  }
  beforeEach(() => database.sql('truncate notes'))

  test('is read in the same round trip', async () => {
    const db = open()
    const { requests, outcome } = await countRequests(() =>
      Promise.all([
        db.readOne(insertNote, { place: 1 }),
        db.optional.readOne(partNamed('fine', 'select 2 as place'), {}),
      ]),
    )
    expect(requests).toBe(1)
    expect(outcome).toMatchObject([{ place: 1 }, { place: 2 }])
    expect(db.hasFailed).toBe(false)
  })

  test.each([
    ['a missing table', 'missing_table', 'select place from missing_table'],
    ['a missing function', 'missing_function', 'select place from missing_function()'],
    ['a timeout', 'too_slow', "select 1 as place, 'too_slow' from pg_sleep(20)"],
  ])('fails alone for %s, and is skipped in the next batch', async (_, name, text) => {
    const { failed, onPartFailed } = failures()
    const db = open({ onPartFailed })
    const part = partNamed(name, text)
    const { requests, outcome } = await countRequests(() =>
      Promise.all([db.readOne(insertNote, { place: 1 }), errorCodeOf(db.optional.read(part, {}))]),
    )
    expect(outcome).toMatchObject([{ place: 1 }, 'database_unavailable'])
    expect(requests).toBe(2)
    expect(failed).toEqual([name])
    expect(db.hasFailed).toBe(true)
    expect(await database.sql('select place from notes')).toEqual([{ place: 1 }])

    const next = open({ onPartFailed })
    const again = await countRequests(() =>
      Promise.all([next.readOne(insertNote, { place: 2 }), errorCodeOf(next.optional.read(part, {}))]),
    )
    expect(again).toMatchObject({ requests: 1, outcome: [{ place: 2 }, 'database_unavailable'] })
    expect(failed).toEqual([name])
    expect(next.hasFailed).toBe(true)
  })

  test('fails alone for a malformed row, in one round trip', async () => {
    const { failed, onPartFailed } = failures()
    const db = open({ onPartFailed })
    const { requests, outcome } = await countRequests(() =>
      Promise.all([
        db.readOne(insertNote, { place: 1 }),
        errorCodeOf(db.optional.read(partNamed('malformed', "select 'x' as place"), {})),
      ]),
    )
    expect({ requests, outcome }).toMatchObject({ requests: 1, outcome: [{ place: 1 }, 'database_unavailable'] })
    expect(failed).toEqual(['malformed'])
  })

  test('that failed is skipped, while other parts are read again', async () => {
    const { failed, onPartFailed } = failures()
    const parts = [partNamed('other_part', 'select 3 as place'), partNamed('gone_part', 'select place from gone_part')]
    const ask = async () => {
      const db = open({ onPartFailed })
      return Promise.all([
        errorCodeOf(db.read(readNotes, {})),
        ...parts.map((part) => errorCodeOf(db.optional.read(part, {}))),
      ])
    }
    expect(await ask()).toEqual(['fine', 'database_unavailable', 'database_unavailable'])
    expect(await ask()).toEqual(['fine', 'fine', 'database_unavailable'])
    expect(failed).toEqual(['gone_part'])
  })

  test('is not blamed for a failing required read', async () => {
    const { failed, onPartFailed } = failures()
    const db = open({ onPartFailed })
    const asks = [db.read(divide, { by: 0 }), db.optional.read(partNamed('fine', 'select 2 as place'), {})]
    expect(await Promise.all(asks.map(errorCodeOf))).toEqual(['internal', 'internal'])
    expect(failed).toEqual([])
  })
})
