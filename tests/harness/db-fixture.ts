import { inject, vi } from 'vitest'
import * as z from 'zod/mini'
import type { AppError } from '../../worker/contract/app-error.ts'
import { Db } from '../../worker/db/client.ts'
import type { Viewer } from '../../worker/viewer.ts'
import { type Database, makeDatabase } from './database.ts'
import { readStatement } from './statements.ts'

export const insertNote = readStatement({
  name: 'note',
  text: 'insert into notes (place) values ($1::integer) returning notes.place, notes.at, notes.at::bigint as big',
  params: { place: 'integer' },
  row: z.object({ place: z.number(), big: z.number() }),
})
export const readNotes = readStatement({
  name: 'notes',
  text: 'select place from notes order by at',
  params: {},
  row: z.object({ place: z.number() }),
})
export const divide = readStatement({
  name: 'broken',
  text: 'select 1 / $1::integer as one',
  params: { by: 'integer' },
  row: z.object({}),
})
const VIEWER_TEXT = 'select (select users.uuid from users where users.cognito_sub = $1::text) as uuid'
export const viewerRequired = readStatement({
  name: 'mine',
  text: VIEWER_TEXT,
  params: { viewer_sub: 'text' },
  row: z.object({ uuid: z.string() }),
  requiresViewer: true,
})
export const viewerOptional = readStatement({
  name: 'anybodys',
  text: VIEWER_TEXT,
  params: { viewer_sub: 'text?' },
  row: z.object({ uuid: z.nullable(z.string()) }),
})

/** Creates a database with the table that `insertNote` writes and `readNotes` reads. */
export async function makeNotesDatabase(): Promise<Database> {
  const database = await makeDatabase()
  await database.sql('create table notes (at integer generated always as identity, place integer not null)')
  return database
}

export type DbOptions = Partial<ConstructorParameters<typeof Db>[0]>

export const openDb = (database: Database, options: DbOptions = {}) =>
  new Db({ databaseUrl: database.url, neonEndpoint: inject('postgres').neonEndpoint, ...options })

/** A viewer with a new sub and session, unless a sub is given. */
export const newViewer = (sub: string = crypto.randomUUID()): Viewer => ({
  sub,
  auth_time: Math.floor(Date.now() / 1000),
  session_hash: crypto.randomUUID(),
  is_moderator: false,
})

/** Runs `work`; returns its outcome and how many requests it sent. */
export async function countRequests<T>(work: () => Promise<T>): Promise<{ requests: number; outcome: T }> {
  const fetchSpy = vi.spyOn(globalThis, 'fetch')
  const before = fetchSpy.mock.calls.length
  const outcome = await work()
  return { requests: fetchSpy.mock.calls.length - before, outcome }
}

/** The error code that a call rejects with; `fine` if it resolves. */
export const errorCodeOf = (call: Promise<unknown>): Promise<string | undefined> =>
  call.then(
    () => 'fine',
    (error: AppError) => error.items[0]?.code,
  )
