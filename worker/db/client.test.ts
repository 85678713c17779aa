import { beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { type Database, makeDatabase } from '../../tests/harness/database.ts'
import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../contract/viewer.ts'
import { Db, readClock } from './client.ts'
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
const anybodys = query({
  name: 'anybodys',
  text: 'select viewer_uuid($1::text, $2::bigint) as uuid',
  params: VIEWER,
  row: z.object({ uuid: z.nullable(z.string()) }),
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
  return { uuid: person?.uuid ?? '', viewer: viewerOf(sub) }
}

const viewerOf = (sub: string = crypto.randomUUID()) => ({
  sub,
  auth_time: Math.floor(Date.now() / 1000),
  session_hash: crypto.randomUUID(),
})

/** As a request of theirs has it. */
const openFor = (viewer: Viewer, options?: Parameters<typeof open>[0]) => {
  const db = open(options)
  db.viewer = viewer
  return db
}

const sessionOf = async ({ session_hash }: Viewer) =>
  (await database.sql('select * from sessions where hash = $1', [session_hash]))[0]

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
    const stranger = viewerOf()
    const db = openFor(stranger, { provision: () => Promise.reject(thrown) })
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
    expect((await open().first(readClock, {}))?.now).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
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
    const { requests, outcome } = await counting(() => openFor(viewer).first(mine, asViewer(viewer)))
    expect(outcome).toEqual({ uuid })
    expect(requests).toBe(1)
  })

  test('is refused, and all beside it, once all sessions were ended', async () => {
    const { viewer } = await somebody()
    await database.sql('update users set signed_out_at = now() where cognito_sub = $1', [viewer.sub])
    const db = openFor(viewer)
    const asks = [db.first(note, { place: 77 }), db.first(mine, asViewer(viewer))]
    expect(await Promise.all(asks.map(codeOf))).toEqual(['session_ended', 'session_ended'])
    expect(await database.sql('select from notes where place = 77')).toHaveLength(0)
  })

  test('is refused once this session was ended, while others go on', async () => {
    const { uuid, viewer } = await somebody()
    const other = { ...viewer, session_hash: 'other' }
    await openFor(viewer).first(mine, asViewer(viewer))
    await database.sql('update sessions set ended_at = now() where hash = $1', [viewer.session_hash])
    expect(await codeOf(openFor(viewer).first(mine, asViewer(viewer)))).toBe('session_ended')
    expect(await openFor(other).first(mine, asViewer(other))).toEqual({ uuid })
  })

  test('is refused in a batch that has nobody: a viewer counts only when checked', async () => {
    const { viewer } = await somebody()
    expect(await codeOf(open().first(mine, asViewer(viewer)))).toBe('unauthorized')
  })

  test('makes a person seen for the first time, and runs once more', async () => {
    const viewer = viewerOf()
    const provision = vi.fn(async () => {
      await database.sql(
        `insert into users (cognito_sub, handle, display_name, email) values ($1, $2, 'Ben', 'b@example.com')`,
        [viewer.sub, viewer.sub.slice(0, 8)],
      )
    })
    const made = await openFor(viewer, { provision }).first(mine, asViewer(viewer))
    expect(made?.uuid).toMatch(/^[0-9a-f-]{36}$/)
    expect(provision).toHaveBeenCalledTimes(1)
  })

  test('is refused when nobody could be made', async () => {
    const viewer = viewerOf()
    const provision = () => Promise.reject(new AppError('handle_required'))
    expect(await codeOf(openFor(viewer, { provision }).first(mine, asViewer(viewer)))).toBe('handle_required')
    expect(await codeOf(openFor(viewer).first(mine, asViewer(viewer)))).toBe('handle_required')
  })
})

describe('a query that may have a viewer', () => {
  test('is checked in the same request', async () => {
    const { uuid, viewer } = await somebody()
    const { requests, outcome } = await counting(() => openFor(viewer).first(anybodys, asViewer(viewer)))
    expect(outcome).toEqual({ uuid })
    expect(requests).toBe(1)
  })

  test('runs as signed out once the session has ended, and says so', async () => {
    const { viewer } = await somebody()
    const onSessionEnded = vi.fn()
    const db = openFor(viewer, { onSessionEnded })
    await db.first(anybodys, asViewer(viewer))
    await database.sql('update sessions set ended_at = now() where hash = $1', [viewer.session_hash])
    const asks = [
      db.first(anybodys, asViewer(viewer)),
      db.first(anybodys, asViewer(null)),
      db.first(note, { place: 5 }),
    ]
    const { requests, outcome } = await counting(() => Promise.all(asks))
    expect(outcome).toMatchObject([{ uuid: null }, { uuid: null }, { place: 5 }])
    expect(requests).toBe(2)
    expect(onSessionEnded).toHaveBeenCalledTimes(1)
    // Also what is asked later by whoever still believes in that viewer.
    expect(await db.first(anybodys, asViewer(viewer))).toEqual({ uuid: null })
    expect(await codeOf(db.first(mine, asViewer(viewer)))).toBe('unauthorized')
  })

  test('is refused once a Bearer token is required to count', async () => {
    const { viewer } = await somebody()
    await database.sql('update users set signed_out_at = now() where cognito_sub = $1', [viewer.sub])
    const db = openFor(viewer)
    db.require()
    expect(await codeOf(db.first(anybodys, asViewer(viewer)))).toBe('session_ended')
  })

  test('has nobody for a person without a row', async () => {
    const viewer = viewerOf()
    expect(await openFor(viewer).first(anybodys, asViewer(viewer))).toEqual({ uuid: null })
    expect(await sessionOf(viewer)).toBeUndefined()
  })

  test('is not checked when signed out', async () => {
    const { viewer } = await somebody()
    await openFor(viewer).first(anybodys, asViewer(null))
    expect(await sessionOf(viewer)).toBeUndefined()
  })
})

describe('the row of a session', () => {
  test('is made at first sight, once, however many come at once', async () => {
    const { uuid, viewer } = await somebody()
    const asks = Array.from({ length: 20 }, () =>
      openFor(viewer, { browser: 'Firefox on Android' }).first(anybodys, asViewer(viewer)),
    )
    expect(await Promise.all(asks)).toEqual(Array.from({ length: 20 }, () => ({ uuid })))
    expect(await database.sql('select browser from sessions where user_uuid = $1', [uuid])).toEqual([
      { browser: 'Firefox on Android' },
    ])
  })

  test('says when the person signed in, and is written once a day', async () => {
    const { viewer } = await somebody()
    const seen = async () => {
      await openFor(viewer).first(mine, asViewer(viewer))
      return database.sql(
        `select xmin::text, extract(epoch from created_at)::integer as began,
           last_seen_on = (now() at time zone 'UTC')::date as today
         from sessions where hash = $1`,
        [viewer.session_hash],
      )
    }
    const first = await seen()
    expect(first).toMatchObject([{ began: viewer.auth_time, today: true }])
    expect(await seen()).toEqual(first)
    await database.sql('update sessions set last_seen_on = last_seen_on - 1 where hash = $1', [viewer.session_hash])
    expect(await seen()).toMatchObject([{ today: true }])
  })

  test('is not made for a session that began before all others were ended', async () => {
    const { viewer } = await somebody()
    await database.sql('update users set others_signed_out_at = now() where cognito_sub = $1', [viewer.sub])
    expect(await codeOf(openFor(viewer).first(mine, asViewer(viewer)))).toBe('session_ended')
    expect(await sessionOf(viewer)).toBeUndefined()
    const later = { ...viewer, auth_time: viewer.auth_time + 60 }
    expect(await codeOf(openFor(later).first(mine, asViewer(later)))).toBe('fine')
  })

  test('is not made anew 31 days after the person signed in', async () => {
    const { viewer } = await somebody()
    const old = { ...viewer, auth_time: viewer.auth_time - 31 * 86_400 }
    expect(await codeOf(openFor(old).first(mine, asViewer(old)))).toBe('session_ended')
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
