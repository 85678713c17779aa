import { beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { type Database, makeDatabase } from '../../tests/harness/database.ts'
import { AppError } from '../contract/app-error.ts'
import { Db, now } from './client.ts'
import { asViewer, query, VIEWER } from './query.ts'

const note = query({
  name: 'note',
  text: 'insert into notes (place) values ($1::integer) returning notes.place, notes.at, notes.at::bigint as big',
  params: { place: 'integer' },
  row: z.object({ place: z.number(), big: z.number() }),
})
const notes = query({
  name: 'notes',
  text: 'select place from notes order by at',
  params: {},
  row: z.object({ place: z.number() }),
})
const broken = query({
  name: 'broken',
  text: 'select 1 / $1::integer as one',
  params: { by: 'integer' },
  row: z.object({}),
})
const failTimes = query({
  name: 'failTimes',
  text: 'select fail_times($1::text, $2::integer, $3::text) as tries',
  params: { key: 'text', times: 'integer', state: 'text' },
  row: z.object({ tries: z.number() }),
})
const mine = query({
  name: 'mine',
  text: 'select viewer_uuid($1::text, $2::bigint) as uuid',
  params: VIEWER,
  row: z.object({ uuid: z.string() }),
  requiresViewer: true,
})
const wrongShape = query({
  name: 'wrongShape',
  text: `select 'x' as place`,
  params: {},
  row: z.object({ place: z.number() }),
})

let database: Database
beforeAll(async () => {
  database = await makeDatabase()
  await database.sql('create table notes (at integer generated always as identity, place integer not null)')
  // A sequence counts on when its batch is rolled back.
  await database.sql(`
    create function fail_times(key text, times integer, state text) returns integer language plpgsql as $$
    declare tries bigint := nextval(quote_ident('tries_' || key));
    begin
      if tries <= times then raise exception using errcode = state; end if;
      return tries;
    end $$`)
})

const open = (options: Partial<ConstructorParameters<typeof Db>[0]> = {}) =>
  new Db({ databaseUrl: database.url, neonEndpoint: inject('postgres').neonEndpoint, ...options })

/** Adds a person; resolves to who they are as a viewer. */
async function somebody() {
  const sub = crypto.randomUUID()
  const [person] = await database.sql<{ uuid: string }>(
    `insert into users (cognito_sub, handle, display_name, email) values ($1, $2, 'Anna', 'a@example.com') returning uuid`,
    [sub, sub.slice(0, 8)],
  )
  return { uuid: person?.uuid ?? '', viewer: { sub, auth_time: Math.floor(Date.now() / 1000) } }
}

async function counting<T>(work: () => Promise<T>): Promise<{ requests: number; outcome: T }> {
  const fetching = vi.spyOn(globalThis, 'fetch')
  const outcome = await work()
  return { requests: fetching.mock.calls.length, outcome }
}

const codeOf = (asked: Promise<unknown>): Promise<string | undefined> =>
  asked.then(
    () => 'fine',
    (error: AppError) => error.items[0]?.code,
  )

describe('batches', () => {
  beforeEach(() => database.sql('truncate notes'))

  test('what is asked in one turn goes as one request, in the order asked', async () => {
    const db = open()
    const { requests, outcome } = await counting(() =>
      Promise.all([db.first(note, { place: 3 }), db.first(note, { place: 1 }), db.many(notes, {})]),
    )
    expect(requests).toBe(1)
    expect(outcome[2]).toEqual([{ place: 3 }, { place: 1 }])
    expect(db.trips).toBe(1)
  })

  test('so does what is asked a few microtasks later', async () => {
    const db = open()
    const later = async () => {
      for (let i = 0; i < 10; i += 1) await null
      return db.first(note, { place: 2 })
    }
    const { requests } = await counting(() => Promise.all([db.first(note, { place: 1 }), later()]))
    expect(requests).toBe(1)
  })

  test('what is asked after an answer is a request of its own', async () => {
    const db = open()
    const { requests } = await counting(async () => {
      await db.first(note, { place: 1 })
      await db.first(note, { place: 2 })
    })
    expect(requests).toBe(2)
    expect(db.trips).toBe(2)
  })

  test('nothing asked, nothing sent', async () => {
    const { requests } = await counting(async () => open())
    expect(requests).toBe(0)
  })

  test('one failure rolls back and rejects all', async () => {
    const db = open()
    const asks = [db.first(note, { place: 1 }), db.first(broken, { by: 0 }), db.many(notes, {})]
    expect(await Promise.all(asks.map(codeOf))).toEqual(['internal', 'internal', 'internal'])
    expect(await database.sql('select from notes')).toHaveLength(0)
  })

  test('whatever is thrown rejects all', async () => {
    const thrown = {
      get code() {
        throw new TypeError('unreadable')
      },
    }
    const stranger = { sub: crypto.randomUUID(), auth_time: 1 }
    const db = open({ provision: () => Promise.reject(thrown) })
    const asks = [db.first(mine, asViewer(stranger)), db.many(notes, {})]
    expect(await Promise.all(asks.map(codeOf))).toEqual(['internal', 'internal'])
  })

  test('after a failure the next turn begins anew', async () => {
    const db = open()
    expect(await codeOf(db.first(broken, { by: 0 }))).toBe('internal')
    expect(await db.first(note, { place: 1 })).toMatchObject({ place: 1 })
  })
})

describe('rows', () => {
  test('counts are numbers and times are ISO 8601 with Z', async () => {
    expect(typeof (await open().first(note, { place: 1 }))?.big).toBe('number')
    expect((await open().first(now, {}))?.now).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })

  test('none: undefined', async () => {
    const none = query({
      name: 'none',
      text: 'select 1 as one where false',
      params: {},
      row: z.object({ one: z.number() }),
    })
    expect(await open().first(none, {})).toBeUndefined()
  })

  test('of another shape than declared are our fault', async () => {
    expect(await codeOf(open().many(wrongShape, {}))).toBe('internal')
  })

  test('the clock comes along, once', async () => {
    const db = open()
    db.readClock()
    const { requests, outcome } = await counting(() => db.many(notes, {}))
    expect(outcome).toBeInstanceOf(Array)
    expect(requests).toBe(1)
    expect(Math.abs((db.now ?? 0) - Date.now())).toBeLessThan(5_000)
    const first = db.now
    await db.many(notes, {})
    expect(db.now).toBe(first)
  })
})

describe('a query that needs a viewer', () => {
  test('runs for a good session', async () => {
    const { uuid, viewer } = await somebody()
    const { requests, outcome } = await counting(() => open().first(mine, asViewer(viewer)))
    expect(outcome).toEqual({ uuid })
    expect(requests).toBe(1)
  })

  test('is refused, and all beside it, once the session has ended', async () => {
    const { viewer } = await somebody()
    await database.sql('update users set signed_out_at = now() where cognito_sub = $1', [viewer.sub])
    const db = open()
    const asks = [db.first(note, { place: 77 }), db.first(mine, asViewer(viewer))]
    expect(await Promise.all(asks.map(codeOf))).toEqual(['session_ended', 'session_ended'])
    expect(await database.sql('select from notes where place = 77')).toHaveLength(0)
  })

  test('makes a person seen for the first time, and runs once more', async () => {
    const viewer = { sub: crypto.randomUUID(), auth_time: Math.floor(Date.now() / 1000) }
    const handle = viewer.sub.slice(0, 8)
    const provision = vi.fn(async () => {
      await database.sql(
        `insert into users (cognito_sub, handle, display_name, email) values ($1, $2, 'Ben', 'b@example.com')`,
        [viewer.sub, handle],
      )
    })
    const made = await open({ provision }).first(mine, asViewer(viewer))
    expect(made?.uuid).toMatch(/^[0-9a-f-]{36}$/)
    expect(provision).toHaveBeenCalledTimes(1)
  })

  test('is refused when nobody could be made', async () => {
    const viewer = { sub: crypto.randomUUID(), auth_time: 1 }
    const provision = () => Promise.reject(new AppError('handle_required'))
    expect(await codeOf(open({ provision }).first(mine, asViewer(viewer)))).toBe('handle_required')
    expect(await codeOf(open().first(mine, asViewer(viewer)))).toBe('handle_required')
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
    const { requests, outcome } = await counting(() => open().first(failTimes, values))
    expect(outcome).toEqual({ tries: 2 })
    expect(requests).toBe(2)
  })

  test.each(['40001', '40P01'])('%s twice: 503, and no third try', async (state) => {
    const values = await failing(2, state)
    const { requests, outcome } = await counting(() => codeOf(open().first(failTimes, values)))
    expect(outcome).toBe('database_unavailable')
    expect(requests).toBe(2)
  })

  test('any other failure is not tried again', async () => {
    const values = await failing(1, '23514')
    const { requests, outcome } = await counting(() => codeOf(open().first(failTimes, values)))
    expect(outcome).toBe('internal')
    expect(requests).toBe(1)
  })
})
