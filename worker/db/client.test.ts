import { beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { type Database, makeDatabase } from '../../tests/harness/database.ts'
import { reading, writing } from '../../tests/harness/statements.ts'
import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../contract/viewer.ts'
import { Db, readClock } from './client.ts'

const note = reading({
  name: 'note',
  text: 'insert into notes (place) values ($1::integer) returning notes.place, notes.at, notes.at::bigint as big',
  params: { place: 'integer' },
  row: z.object({ place: z.number(), big: z.number() }),
})
const writeNote = writing({ ...note, name: 'writeNote' })
const notes = reading({
  name: 'notes',
  text: 'select place from notes order by at',
  params: {},
  row: z.object({ place: z.number() }),
})
const broken = reading({
  name: 'broken',
  text: 'select 1 / $1::integer as one',
  params: { by: 'integer' },
  row: z.object({}),
})
const failTimes = reading({
  name: 'failTimes',
  text: 'select fail_times($1::text, $2::integer, $3::text) as tries',
  params: { key: 'text', times: 'integer', state: 'text' },
  row: z.object({ tries: z.number() }),
})
const VIEWER_TEXT = 'select (select users.uuid from users where users.cognito_sub = $1::text) as uuid'
const mine = reading({
  name: 'mine',
  text: VIEWER_TEXT,
  params: { viewer_sub: 'text' },
  row: z.object({ uuid: z.string() }),
  requiresViewer: true,
})
const anybodys = reading({
  name: 'anybodys',
  text: VIEWER_TEXT,
  params: { viewer_sub: 'text?' },
  row: z.object({ uuid: z.nullable(z.string()) }),
})
const wrongShape = reading({
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
  const before = fetching.mock.calls.length
  const outcome = await work()
  return { requests: fetching.mock.calls.length - before, outcome }
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
      Promise.all([db.readOne(note, { place: 3 }), db.readOne(note, { place: 1 }), db.read(notes, {})]),
    )
    expect(requests).toBe(1)
    expect(outcome[2]).toEqual([{ place: 3 }, { place: 1 }])
    expect(db.trips).toBe(1)
  })

  test('so does what is asked a few microtasks later', async () => {
    const db = open()
    const later = async () => {
      for (let i = 0; i < 10; i += 1) await null
      return db.readOne(note, { place: 2 })
    }
    const { requests } = await counting(() => Promise.all([db.readOne(note, { place: 1 }), later()]))
    expect(requests).toBe(1)
  })

  test('what is asked after an answer is a request of its own', async () => {
    const db = open()
    const { requests } = await counting(async () => {
      await db.readOne(note, { place: 1 })
      await db.readOne(note, { place: 2 })
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
    const asks = [db.readOne(note, { place: 1 }), db.readOne(broken, { by: 0 }), db.read(notes, {})]
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
    const db = openFor(stranger)
    db.createMissingUser(() => Promise.reject(thrown))
    const asks = [db.readOne(mine, { viewer_sub: stranger.sub }), db.read(notes, {})]
    expect(await Promise.all(asks.map(codeOf))).toEqual(['internal', 'internal'])
  })

  test('after a failure the next turn begins anew', async () => {
    const db = open()
    expect(await codeOf(db.readOne(broken, { by: 0 }))).toBe('internal')
    expect(await db.readOne(note, { place: 1 })).toMatchObject({ place: 1 })
  })
})

describe('a write', () => {
  beforeEach(() => database.sql('truncate notes'))

  test('is a request and a transaction of its own, beside a read that fails', async () => {
    const db = open()
    const { requests, outcome } = await counting(() =>
      Promise.all([db.writeOne(writeNote, { place: 1 }), codeOf(db.read(broken, { by: 0 }))]),
    )
    expect(outcome).toMatchObject([{ place: 1 }, 'internal'])
    expect(requests).toBe(2)
    expect(await database.sql('select place from notes')).toEqual([{ place: 1 }])
  })
})

describe('an optional part', () => {
  const partNamed = (name: string, text: string) =>
    reading({ name, text, params: {}, row: z.object({ place: z.number() }) })
  const failures = () => {
    const failed: string[] = []
    return { failed, onPartFailed: (name: string) => failed.push(name) }
  }
  beforeEach(() => database.sql('truncate notes'))

  test('comes in the same round trip', async () => {
    const db = open()
    const { requests, outcome } = await counting(() =>
      Promise.all([db.readOne(note, { place: 1 }), db.optional.readOne(partNamed('fine', 'select 2 as place'), {})]),
    )
    expect(requests).toBe(1)
    expect(outcome).toMatchObject([{ place: 1 }, { place: 2 }])
    expect(db.hasFailed).toBe(false)
  })

  test.each([
    ['a missing table', 'missing_table', 'select place from missing_table'],
    ['a missing function', 'missing_function', 'select place from missing_function()'],
    ['too little time', 'too_slow', "select 1 as place, 'too_slow' from pg_sleep(20)"],
  ])('fails alone for %s, and rests after that', async (_, name, text) => {
    const { failed, onPartFailed } = failures()
    const db = open({ onPartFailed })
    const part = partNamed(name, text)
    const { requests, outcome } = await counting(() =>
      Promise.all([db.readOne(note, { place: 1 }), codeOf(db.optional.read(part, {}))]),
    )
    expect(outcome).toMatchObject([{ place: 1 }, 'database_unavailable'])
    expect(requests).toBe(2)
    expect(failed).toEqual([name])
    expect(db.hasFailed).toBe(true)
    expect(await database.sql('select place from notes')).toEqual([{ place: 1 }])

    const next = open({ onPartFailed })
    const again = await counting(() =>
      Promise.all([next.readOne(note, { place: 2 }), codeOf(next.optional.read(part, {}))]),
    )
    expect(again).toMatchObject({ requests: 1, outcome: [{ place: 2 }, 'database_unavailable'] })
    expect(failed).toEqual([name])
    expect(next.hasFailed).toBe(true)
  })

  test('whose row is malformed fails alone, in one round trip', async () => {
    const { failed, onPartFailed } = failures()
    const db = open({ onPartFailed })
    const { requests, outcome } = await counting(() =>
      Promise.all([
        db.readOne(note, { place: 1 }),
        codeOf(db.optional.read(partNamed('malformed', "select 'x' as place"), {})),
      ]),
    )
    expect({ requests, outcome }).toMatchObject({ requests: 1, outcome: [{ place: 1 }, 'database_unavailable'] })
    expect(failed).toEqual(['malformed'])
  })

  test('lets the other parts be asked again, and rests by itself', async () => {
    const { failed, onPartFailed } = failures()
    const parts = [partNamed('other_part', 'select 3 as place'), partNamed('gone_part', 'select place from gone_part')]
    const ask = async () => {
      const db = open({ onPartFailed })
      return Promise.all([codeOf(db.read(notes, {})), ...parts.map((part) => codeOf(db.optional.read(part, {})))])
    }
    expect(await ask()).toEqual(['fine', 'database_unavailable', 'database_unavailable'])
    expect(await ask()).toEqual(['fine', 'fine', 'database_unavailable'])
    expect(failed).toEqual(['gone_part'])
  })

  test('does not hide that a required read is what failed', async () => {
    const { failed, onPartFailed } = failures()
    const db = open({ onPartFailed })
    const asks = [db.read(broken, { by: 0 }), db.optional.read(partNamed('fine', 'select 2 as place'), {})]
    expect(await Promise.all(asks.map(codeOf))).toEqual(['internal', 'internal'])
    expect(failed).toEqual([])
  })
})

describe('rows', () => {
  test('counts are numbers and times are ISO 8601 with Z', async () => {
    expect(typeof (await open().readOne(note, { place: 1 }))?.big).toBe('number')
    expect((await open().readOne(readClock, {}))?.now).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })

  test('none: undefined', async () => {
    const none = reading({
      name: 'none',
      text: 'select 1 as one where false',
      params: {},
      row: z.object({ one: z.number() }),
    })
    expect(await open().readOne(none, {})).toBeUndefined()
  })

  test('of another shape than declared are our fault', async () => {
    expect(await codeOf(open().read(wrongShape, {}))).toBe('internal')
  })

  test('the clock comes along, once', async () => {
    const db = open()
    db.readClock()
    const { requests, outcome } = await counting(() => db.read(notes, {}))
    expect(outcome).toBeInstanceOf(Array)
    expect(requests).toBe(1)
    expect(Math.abs((db.now ?? 0) - Date.now())).toBeLessThan(5_000)
    const first = db.now
    await db.read(notes, {})
    expect(db.now).toBe(first)
  })
})

describe('a query that needs a viewer', () => {
  test('runs for a good session', async () => {
    const { uuid, viewer } = await somebody()
    const { requests, outcome } = await counting(() => openFor(viewer).readOne(mine, { viewer_sub: viewer.sub }))
    expect(outcome).toEqual({ uuid })
    expect(requests).toBe(1)
  })

  test('is refused, and all beside it, once all sessions were ended', async () => {
    const { viewer } = await somebody()
    await database.sql('update users set signed_out_at = now() where cognito_sub = $1', [viewer.sub])
    const db = openFor(viewer)
    const asks = [db.readOne(note, { place: 77 }), db.readOne(mine, { viewer_sub: viewer.sub })]
    expect(await Promise.all(asks.map(codeOf))).toEqual(['session_ended', 'session_ended'])
    expect(await database.sql('select from notes where place = 77')).toHaveLength(0)
  })

  test('is refused once this session was ended, while others go on', async () => {
    const { uuid, viewer } = await somebody()
    const other = { ...viewer, session_hash: 'other' }
    await openFor(viewer).readOne(mine, { viewer_sub: viewer.sub })
    await database.sql('update sessions set ended_at = now() where hash = $1', [viewer.session_hash])
    expect(await codeOf(openFor(viewer).readOne(mine, { viewer_sub: viewer.sub }))).toBe('session_ended')
    expect(await openFor(other).readOne(mine, { viewer_sub: other.sub })).toEqual({ uuid })
  })

  test('is refused in a batch that has nobody: a viewer counts only when checked', async () => {
    const { viewer } = await somebody()
    expect(await codeOf(open().readOne(mine, { viewer_sub: viewer.sub }))).toBe('unauthorized')
  })

  test('makes a person seen for the first time, and runs once more', async () => {
    const viewer = viewerOf()
    const provision = vi.fn(async () => {
      await database.sql(
        `insert into users (cognito_sub, handle, display_name, email) values ($1, $2, 'Ben', 'b@example.com')`,
        [viewer.sub, viewer.sub.slice(0, 8)],
      )
    })
    const db = openFor(viewer)
    db.createMissingUser(provision)
    const made = await db.readOne(mine, { viewer_sub: viewer.sub })
    expect(made?.uuid).toMatch(/^[0-9a-f-]{36}$/)
    expect(provision).toHaveBeenCalledTimes(1)
  })

  test('is refused when nobody could be made', async () => {
    const viewer = viewerOf()
    const provision = () => Promise.reject(new AppError('handle_required'))
    const db = openFor(viewer)
    db.createMissingUser(provision)
    expect(await codeOf(db.readOne(mine, { viewer_sub: viewer.sub }))).toBe('handle_required')
    expect(await codeOf(openFor(viewer).readOne(mine, { viewer_sub: viewer.sub }))).toBe('handle_required')
  })
})

describe('a query that may have a viewer', () => {
  test('is checked in the same request', async () => {
    const { uuid, viewer } = await somebody()
    const { requests, outcome } = await counting(() => openFor(viewer).readOne(anybodys, { viewer_sub: viewer.sub }))
    expect(outcome).toEqual({ uuid })
    expect(requests).toBe(1)
  })

  test('runs as signed out once the session has ended, and says so', async () => {
    const { viewer } = await somebody()
    const onSessionEnded = vi.fn()
    const db = openFor(viewer, { onSessionEnded })
    await db.readOne(anybodys, { viewer_sub: viewer.sub })
    await database.sql('update sessions set ended_at = now() where hash = $1', [viewer.session_hash])
    const asks = [
      db.readOne(anybodys, { viewer_sub: viewer.sub }),
      db.readOne(anybodys, { viewer_sub: null }),
      db.readOne(note, { place: 5 }),
    ]
    const { requests, outcome } = await counting(() => Promise.all(asks))
    expect(outcome).toMatchObject([{ uuid: null }, { uuid: null }, { place: 5 }])
    expect(requests).toBe(2)
    expect(onSessionEnded).toHaveBeenCalledTimes(1)
    // Also what is asked later by whoever still believes in that viewer.
    expect(await db.readOne(anybodys, { viewer_sub: viewer.sub })).toEqual({ uuid: null })
    expect(await codeOf(db.readOne(mine, { viewer_sub: viewer.sub }))).toBe('unauthorized')
  })

  test('is refused once a Bearer token is required to count', async () => {
    const { viewer } = await somebody()
    await database.sql('update users set signed_out_at = now() where cognito_sub = $1', [viewer.sub])
    const db = openFor(viewer)
    db.require()
    expect(await codeOf(db.readOne(anybodys, { viewer_sub: viewer.sub }))).toBe('session_ended')
  })

  test('has nobody for a person without a row', async () => {
    const viewer = viewerOf()
    expect(await openFor(viewer).readOne(anybodys, { viewer_sub: viewer.sub })).toEqual({ uuid: null })
    expect(await sessionOf(viewer)).toBeUndefined()
  })

  test('is not checked when signed out', async () => {
    const { viewer } = await somebody()
    await openFor(viewer).readOne(anybodys, { viewer_sub: null })
    expect(await sessionOf(viewer)).toBeUndefined()
  })
})

describe('the row of a session', () => {
  test('is made at first sight, once, however many come at once', async () => {
    const { uuid, viewer } = await somebody()
    const asks = Array.from({ length: 20 }, () =>
      openFor(viewer, { browser: 'Firefox on Android' }).readOne(anybodys, { viewer_sub: viewer.sub }),
    )
    expect(await Promise.all(asks)).toEqual(Array.from({ length: 20 }, () => ({ uuid })))
    expect(await database.sql('select browser from sessions where user_uuid = $1', [uuid])).toEqual([
      { browser: 'Firefox on Android' },
    ])
  })

  test('says when the person signed in, and is written once a day', async () => {
    const { viewer } = await somebody()
    const seen = async () => {
      await openFor(viewer).readOne(mine, { viewer_sub: viewer.sub })
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
    expect(await codeOf(openFor(viewer).readOne(mine, { viewer_sub: viewer.sub }))).toBe('session_ended')
    expect(await sessionOf(viewer)).toBeUndefined()
    const later = { ...viewer, auth_time: viewer.auth_time + 60 }
    expect(await codeOf(openFor(later).readOne(mine, { viewer_sub: later.sub }))).toBe('fine')
  })

  test('is not made anew 31 days after the person signed in', async () => {
    const { viewer } = await somebody()
    const old = { ...viewer, auth_time: viewer.auth_time - 31 * 86_400 }
    expect(await codeOf(openFor(old).readOne(mine, { viewer_sub: old.sub }))).toBe('session_ended')
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
    const { requests, outcome } = await counting(() => open().readOne(failTimes, values))
    expect(outcome).toEqual({ tries: 2 })
    expect(requests).toBe(2)
  })

  test.each(['40001', '40P01'])('%s twice: 503, and no third try', async (state) => {
    const values = await failing(2, state)
    const { requests, outcome } = await counting(() => codeOf(open().readOne(failTimes, values)))
    expect(outcome).toBe('database_unavailable')
    expect(requests).toBe(2)
  })

  test('any other failure is not tried again', async () => {
    const values = await failing(1, '23514')
    const { requests, outcome } = await counting(() => codeOf(open().readOne(failTimes, values)))
    expect(outcome).toBe('internal')
    expect(requests).toBe(1)
  })
})
