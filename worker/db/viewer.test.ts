import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Database } from '../../tests/harness/database.ts'
import {
  countRequests,
  type DbOptions,
  errorCodeOf,
  insertNote,
  makeNotesDatabase,
  newViewer,
  openDb,
  viewerOptional,
  viewerRequired,
} from '../../tests/harness/db-fixture.ts'
import { AppError } from '../contract/app-error.ts'
import type { Viewer } from '../viewer.ts'

let database: Database
beforeAll(async () => {
  database = await makeNotesDatabase()
})
const open = (options?: DbOptions) => openDb(database, options)

/** Returns the Db of a request of this viewer. */
const openFor = (viewer: Viewer, options?: DbOptions) => {
  const db = open(options)
  db.viewer = viewer
  return db
}

/** Adds a user; returns their uuid and viewer. */
async function somebody() {
  const sub = crypto.randomUUID()
  const [user] = await database.sql<{ uuid: string }>(
    `insert into users (cognito_sub, handle, display_name, email) values ($1, $2, 'Anna', 'a@example.com') returning uuid`,
    [sub, sub.slice(0, 8)],
  )
  return { uuid: user?.uuid ?? '', viewer: newViewer(sub) }
}

const sessionOf = async ({ session_hash }: Viewer) =>
  (await database.sql('select * from sessions where hash = $1', [session_hash]))[0]

describe('a function that requires a viewer', () => {
  test('runs for a valid session', async () => {
    const { uuid, viewer } = await somebody()
    const { requests, outcome } = await countRequests(() =>
      openFor(viewer).readOne(viewerRequired, { viewer_sub: viewer.sub }),
    )
    expect(outcome).toEqual({ uuid })
    expect(requests).toBe(1)
  })

  test('is refused with its whole batch after all sessions were ended', async () => {
    const { viewer } = await somebody()
    await database.sql('update users set signed_out_at = now() where cognito_sub = $1', [viewer.sub])
    const db = openFor(viewer)
    const asks = [db.readOne(insertNote, { place: 77 }), db.readOne(viewerRequired, { viewer_sub: viewer.sub })]
    expect(await Promise.all(asks.map(errorCodeOf))).toEqual(['session_ended', 'session_ended'])
    expect(await database.sql('select from notes where place = 77')).toHaveLength(0)
  })

  test('is refused after this session was ended, while other sessions work', async () => {
    const { uuid, viewer } = await somebody()
    const other = { ...viewer, session_hash: 'other' }
    await openFor(viewer).readOne(viewerRequired, { viewer_sub: viewer.sub })
    await database.sql('update sessions set ended_at = now() where hash = $1', [viewer.session_hash])
    expect(await errorCodeOf(openFor(viewer).readOne(viewerRequired, { viewer_sub: viewer.sub }))).toBe('session_ended')
    expect(await openFor(other).readOne(viewerRequired, { viewer_sub: other.sub })).toEqual({ uuid })
  })

  test('is refused in a batch without a checked viewer', async () => {
    const { viewer } = await somebody()
    expect(await errorCodeOf(open().readOne(viewerRequired, { viewer_sub: viewer.sub }))).toBe('unauthorized')
  })

  test('creates a missing user and runs again', async () => {
    const viewer = newViewer()
    const provision = vi.fn(async () => {
      await database.sql(
        `insert into users (cognito_sub, handle, display_name, email) values ($1, $2, 'Ben', 'b@example.com')`,
        [viewer.sub, viewer.sub.slice(0, 8)],
      )
    })
    const db = openFor(viewer)
    db.createMissingUser(provision)
    const created = await db.readOne(viewerRequired, { viewer_sub: viewer.sub })
    expect(created?.uuid).toMatch(/^[0-9a-f-]{36}$/)
    expect(provision).toHaveBeenCalledTimes(1)
  })

  test('is refused if the user could not be created', async () => {
    const viewer = newViewer()
    const provision = () => Promise.reject(new AppError('handle_required'))
    const db = openFor(viewer)
    db.createMissingUser(provision)
    expect(await errorCodeOf(db.readOne(viewerRequired, { viewer_sub: viewer.sub }))).toBe('handle_required')
    expect(await errorCodeOf(openFor(viewer).readOne(viewerRequired, { viewer_sub: viewer.sub }))).toBe(
      'handle_required',
    )
  })
})

describe('a function with an optional viewer', () => {
  test('checks the session in the same request', async () => {
    const { uuid, viewer } = await somebody()
    const { requests, outcome } = await countRequests(() =>
      openFor(viewer).readOne(viewerOptional, { viewer_sub: viewer.sub }),
    )
    expect(outcome).toEqual({ uuid })
    expect(requests).toBe(1)
  })

  test('runs as signed out after the session has ended, and calls onSessionEnded', async () => {
    const { viewer } = await somebody()
    const onSessionEnded = vi.fn()
    const db = openFor(viewer, { onSessionEnded })
    await db.readOne(viewerOptional, { viewer_sub: viewer.sub })
    await database.sql('update sessions set ended_at = now() where hash = $1', [viewer.session_hash])
    const asks = [
      db.readOne(viewerOptional, { viewer_sub: viewer.sub }),
      db.readOne(viewerOptional, { viewer_sub: null }),
      db.readOne(insertNote, { place: 5 }),
    ]
    const { requests, outcome } = await countRequests(() => Promise.all(asks))
    expect(outcome).toMatchObject([{ uuid: null }, { uuid: null }, { place: 5 }])
    expect(requests).toBe(2)
    expect(onSessionEnded).toHaveBeenCalledTimes(1)
    // Later reads that still pass the old viewer run as signed out too.
    expect(await db.readOne(viewerOptional, { viewer_sub: viewer.sub })).toEqual({ uuid: null })
    expect(await errorCodeOf(db.readOne(viewerRequired, { viewer_sub: viewer.sub }))).toBe('unauthorized')
  })

  test('is refused after requireSession()', async () => {
    const { viewer } = await somebody()
    await database.sql('update users set signed_out_at = now() where cognito_sub = $1', [viewer.sub])
    const db = openFor(viewer)
    db.requireSession()
    expect(await errorCodeOf(db.readOne(viewerOptional, { viewer_sub: viewer.sub }))).toBe('session_ended')
  })

  test('runs as signed out for a user without a row', async () => {
    const viewer = newViewer()
    expect(await openFor(viewer).readOne(viewerOptional, { viewer_sub: viewer.sub })).toEqual({ uuid: null })
    expect(await sessionOf(viewer)).toBeUndefined()
  })

  test('checks no session when signed out', async () => {
    const { viewer } = await somebody()
    await openFor(viewer).readOne(viewerOptional, { viewer_sub: null })
    expect(await sessionOf(viewer)).toBeUndefined()
  })
})

describe('the row of a session', () => {
  test('is created once by concurrent first requests', async () => {
    const { uuid, viewer } = await somebody()
    const asks = Array.from({ length: 20 }, () =>
      openFor(viewer, { browser: 'Firefox on Android' }).readOne(viewerOptional, { viewer_sub: viewer.sub }),
    )
    expect(await Promise.all(asks)).toEqual(Array.from({ length: 20 }, () => ({ uuid })))
    expect(await database.sql('select browser from sessions where user_uuid = $1', [uuid])).toEqual([
      { browser: 'Firefox on Android' },
    ])
  })

  test('has the time of the sign-in, and is updated once a day', async () => {
    const { viewer } = await somebody()
    const seen = async () => {
      await openFor(viewer).readOne(viewerRequired, { viewer_sub: viewer.sub })
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

  test('is not created for a session that began before all others were ended', async () => {
    const { viewer } = await somebody()
    await database.sql('update users set others_signed_out_at = now() where cognito_sub = $1', [viewer.sub])
    expect(await errorCodeOf(openFor(viewer).readOne(viewerRequired, { viewer_sub: viewer.sub }))).toBe('session_ended')
    expect(await sessionOf(viewer)).toBeUndefined()
    const later = { ...viewer, auth_time: viewer.auth_time + 60 }
    expect(await errorCodeOf(openFor(later).readOne(viewerRequired, { viewer_sub: later.sub }))).toBe('fine')
  })

  test('is not created again 31 days after the sign-in', async () => {
    const { viewer } = await somebody()
    const old = { ...viewer, auth_time: viewer.auth_time - 31 * 86_400 }
    expect(await errorCodeOf(openFor(old).readOne(viewerRequired, { viewer_sub: old.sub }))).toBe('session_ended')
  })
})
