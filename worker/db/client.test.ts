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
  newViewer,
  openDb,
  readNotes,
  viewerRequired,
} from '../../tests/harness/db-fixture.ts'
import { readStatement, writeStatement } from '../../tests/harness/statements.ts'
import type { Viewer } from '../viewer.ts'
import { readClock } from './client.ts'

const writeNote = writeStatement({ ...insertNote, name: 'writeNote' })
const failTimes = readStatement({
  name: 'failTimes',
  text: 'select fail_times($1::text, $2::integer, $3::text) as tries',
  params: { key: 'text', times: 'integer', state: 'text' },
  row: z.object({ tries: z.number() }),
})
const wrongShape = readStatement({
  name: 'wrongShape',
  text: `select 'x' as place`,
  params: {},
  row: z.object({ place: z.number() }),
})

let database: Database
beforeAll(async () => {
  database = await makeNotesDatabase()
  // A sequence is not reset when its transaction rolls back.
  await database.sql(`
    create function fail_times(key text, times integer, state text) returns integer language plpgsql as $$
    declare tries bigint := nextval(quote_ident('tries_' || key));
    begin
      if tries <= times then raise exception using errcode = state; end if;
      return tries;
    end $$`)
})
const open = (options?: DbOptions) => openDb(database, options)

/** Returns the Db of a request of this viewer. */
const openFor = (viewer: Viewer, options?: DbOptions) => {
  const db = open(options)
  db.viewer = viewer
  return db
}

describe('batches', () => {
  beforeEach(() => database.sql('truncate notes'))

  test('sends reads of one turn as one request, in order', async () => {
    const db = open()
    const { requests, outcome } = await countRequests(() =>
      Promise.all([db.readOne(insertNote, { place: 3 }), db.readOne(insertNote, { place: 1 }), db.read(readNotes, {})]),
    )
    expect(requests).toBe(1)
    expect(outcome[2]).toEqual([{ place: 3 }, { place: 1 }])
    expect(db.trips).toBe(1)
  })

  test('includes reads that start a few microtasks later', async () => {
    const db = open()
    const later = async () => {
      for (let i = 0; i < 10; i += 1) await null
      return db.readOne(insertNote, { place: 2 })
    }
    const { requests } = await countRequests(() => Promise.all([db.readOne(insertNote, { place: 1 }), later()]))
    expect(requests).toBe(1)
  })

  test('sends a read that starts after a response as its own request', async () => {
    const db = open()
    const { requests } = await countRequests(async () => {
      await db.readOne(insertNote, { place: 1 })
      await db.readOne(insertNote, { place: 2 })
    })
    expect(requests).toBe(2)
    expect(db.trips).toBe(2)
  })

  test('sends nothing without reads', async () => {
    const { requests } = await countRequests(async () => open())
    expect(requests).toBe(0)
  })

  test('rolls back and rejects all reads when one fails', async () => {
    const db = open()
    const asks = [db.readOne(insertNote, { place: 1 }), db.readOne(divide, { by: 0 }), db.read(readNotes, {})]
    expect(await Promise.all(asks.map(errorCodeOf))).toEqual(['internal', 'internal', 'internal'])
    expect(await database.sql('select from notes')).toHaveLength(0)
  })

  test('rejects all reads for any thrown value', async () => {
    const thrown = {
      get code() {
        throw new TypeError('unreadable')
      },
    }
    const stranger = newViewer()
    const db = openFor(stranger)
    db.createMissingUser(() => Promise.reject(thrown))
    const asks = [db.readOne(viewerRequired, { viewer_sub: stranger.sub }), db.read(readNotes, {})]
    expect(await Promise.all(asks.map(errorCodeOf))).toEqual(['internal', 'internal'])
  })

  test('starts a new batch after a failure', async () => {
    const db = open()
    expect(await errorCodeOf(db.readOne(divide, { by: 0 }))).toBe('internal')
    expect(await db.readOne(insertNote, { place: 1 })).toMatchObject({ place: 1 })
  })
})

describe('write', () => {
  beforeEach(() => database.sql('truncate notes'))

  test('uses its own request and transaction, independent of a failing read', async () => {
    const db = open()
    const { requests, outcome } = await countRequests(() =>
      Promise.all([db.writeOne(writeNote, { place: 1 }), errorCodeOf(db.read(divide, { by: 0 }))]),
    )
    expect(outcome).toMatchObject([{ place: 1 }, 'internal'])
    expect(requests).toBe(2)
    expect(await database.sql('select place from notes')).toEqual([{ place: 1 }])
  })
})

describe('rows', () => {
  test('have counts as numbers and times as ISO 8601 with Z', async () => {
    expect(typeof (await open().readOne(insertNote, { place: 1 }))?.big).toBe('number')
    expect((await open().readOne(readClock, {}))?.now).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })

  test('readOne returns undefined without a row', async () => {
    const none = readStatement({
      name: 'none',
      text: 'select 1 as one where false',
      params: {},
      row: z.object({ one: z.number() }),
    })
    expect(await open().readOne(none, {})).toBeUndefined()
  })

  test('of another shape than declared throw internal', async () => {
    expect(await errorCodeOf(open().read(wrongShape, {}))).toBe('internal')
  })

  test('readClock reads the database’s clock once, in the same request', async () => {
    const db = open()
    db.readClock()
    const { requests, outcome } = await countRequests(() => db.read(readNotes, {}))
    expect(outcome).toBeInstanceOf(Array)
    expect(requests).toBe(1)
    expect(Math.abs((db.now ?? 0) - Date.now())).toBeLessThan(5_000)
    const first = db.now
    await db.read(readNotes, {})
    expect(db.now).toBe(first)
  })
})

describe('a deadlock or a serialization failure', () => {
  const failing = async (times: number, state: string) => {
    const key = crypto.randomUUID().slice(0, 8)
    await database.sql(`create sequence "tries_${key}"`)
    return { key, times, state }
  }

  test.each(['40001', '40P01'])('%s: retries the batch once', async (state) => {
    const values = await failing(1, state)
    const { requests, outcome } = await countRequests(() => open().readOne(failTimes, values))
    expect(outcome).toEqual({ tries: 2 })
    expect(requests).toBe(2)
  })

  test.each(['40001', '40P01'])('%s twice: throws database_unavailable', async (state) => {
    const values = await failing(2, state)
    const { requests, outcome } = await countRequests(() => errorCodeOf(open().readOne(failTimes, values)))
    expect(outcome).toBe('database_unavailable')
    expect(requests).toBe(2)
  })

  test('does not retry any other failure', async () => {
    const values = await failing(1, '23514')
    const { requests, outcome } = await countRequests(() => errorCodeOf(open().readOne(failTimes, values)))
    expect(outcome).toBe('internal')
    expect(requests).toBe(1)
  })
})
