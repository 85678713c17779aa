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
import type { Viewer } from '../contract/viewer.ts'
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
  // A sequence counts on when its batch is rolled back.
  await database.sql(`
    create function fail_times(key text, times integer, state text) returns integer language plpgsql as $$
    declare tries bigint := nextval(quote_ident('tries_' || key));
    begin
      if tries <= times then raise exception using errcode = state; end if;
      return tries;
    end $$`)
})
const open = (options?: DbOptions) => openDb(database, options)

/** As a request of theirs has it. */
const openFor = (viewer: Viewer, options?: DbOptions) => {
  const db = open(options)
  db.viewer = viewer
  return db
}

describe('batches', () => {
  beforeEach(() => database.sql('truncate notes'))

  test('what is asked in one turn goes as one request, in the order asked', async () => {
    const db = open()
    const { requests, outcome } = await countRequests(() =>
      Promise.all([db.readOne(insertNote, { place: 3 }), db.readOne(insertNote, { place: 1 }), db.read(readNotes, {})]),
    )
    expect(requests).toBe(1)
    expect(outcome[2]).toEqual([{ place: 3 }, { place: 1 }])
    expect(db.trips).toBe(1)
  })

  test('so does what is asked a few microtasks later', async () => {
    const db = open()
    const later = async () => {
      for (let i = 0; i < 10; i += 1) await null
      return db.readOne(insertNote, { place: 2 })
    }
    const { requests } = await countRequests(() => Promise.all([db.readOne(insertNote, { place: 1 }), later()]))
    expect(requests).toBe(1)
  })

  test('what is asked after an answer is a request of its own', async () => {
    const db = open()
    const { requests } = await countRequests(async () => {
      await db.readOne(insertNote, { place: 1 })
      await db.readOne(insertNote, { place: 2 })
    })
    expect(requests).toBe(2)
    expect(db.trips).toBe(2)
  })

  test('nothing asked, nothing sent', async () => {
    const { requests } = await countRequests(async () => open())
    expect(requests).toBe(0)
  })

  test('one failure rolls back and rejects all', async () => {
    const db = open()
    const asks = [db.readOne(insertNote, { place: 1 }), db.readOne(divide, { by: 0 }), db.read(readNotes, {})]
    expect(await Promise.all(asks.map(errorCodeOf))).toEqual(['internal', 'internal', 'internal'])
    expect(await database.sql('select from notes')).toHaveLength(0)
  })

  test('whatever is thrown rejects all', async () => {
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

  test('after a failure the next turn begins anew', async () => {
    const db = open()
    expect(await errorCodeOf(db.readOne(divide, { by: 0 }))).toBe('internal')
    expect(await db.readOne(insertNote, { place: 1 })).toMatchObject({ place: 1 })
  })
})

describe('a write', () => {
  beforeEach(() => database.sql('truncate notes'))

  test('is a request and a transaction of its own, beside a read that fails', async () => {
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
  test('counts are numbers and times are ISO 8601 with Z', async () => {
    expect(typeof (await open().readOne(insertNote, { place: 1 }))?.big).toBe('number')
    expect((await open().readOne(readClock, {}))?.now).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })

  test('none: undefined', async () => {
    const none = readStatement({
      name: 'none',
      text: 'select 1 as one where false',
      params: {},
      row: z.object({ one: z.number() }),
    })
    expect(await open().readOne(none, {})).toBeUndefined()
  })

  test('of another shape than declared are our fault', async () => {
    expect(await errorCodeOf(open().read(wrongShape, {}))).toBe('internal')
  })

  test('the clock comes along, once', async () => {
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

  test.each(['40001', '40P01'])('%s: the batch runs once more', async (state) => {
    const values = await failing(1, state)
    const { requests, outcome } = await countRequests(() => open().readOne(failTimes, values))
    expect(outcome).toEqual({ tries: 2 })
    expect(requests).toBe(2)
  })

  test.each(['40001', '40P01'])('%s twice: 503, and no third try', async (state) => {
    const values = await failing(2, state)
    const { requests, outcome } = await countRequests(() => errorCodeOf(open().readOne(failTimes, values)))
    expect(outcome).toBe('database_unavailable')
    expect(requests).toBe(2)
  })

  test('any other failure is not tried again', async () => {
    const values = await failing(1, '23514')
    const { requests, outcome } = await countRequests(() => errorCodeOf(open().readOne(failTimes, values)))
    expect(outcome).toBe('internal')
    expect(requests).toBe(1)
  })
})
