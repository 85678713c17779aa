import { beforeAll, describe, expect, inject, test } from 'vitest'
import * as z from 'zod/mini'
import { type Database, makeDatabase } from '../../tests/harness/database.ts'
import { readStatement, writeStatement } from '../../tests/harness/statements.ts'
import type { AppError } from '../contract/app-error.ts'
import { Db } from './client.ts'
import { toAppError } from './errors.ts'

const row = z.object({})
const raise = readStatement({ name: 'raise', text: 'select raise_state($1::text)', params: { state: 'text' }, row })
const raiseLimit = readStatement({
  name: 'raise_limit',
  text: 'select raise_limit($1::text, $2::text)',
  params: { state: 'text', until: 'text' },
  row,
})
const insert = writeStatement({
  name: 'insert',
  text: 'insert into users (cognito_sub, handle, display_name, email) values ($1::text, $2::text, $3::text, $1::text)',
  params: { sub: 'text', handle: 'text', display_name: 'text' },
  row,
})

let database: Database
let db: Db
beforeAll(async () => {
  database = await makeDatabase()
  db = new Db({ databaseUrl: database.url, neonEndpoint: inject('postgres').neonEndpoint })
  await database.sql(`
    create function raise_state(state text) returns void language plpgsql as $$
    begin
      raise exception using errcode = state, message = 'a secret: ' || state;
    end $$`)
  await database.sql(`
    create function raise_limit(state text, until text) returns void language plpgsql as $$
    begin
      raise exception using errcode = state, message = 'a secret', hint = until;
    end $$`)
})

const errorOf = (asked: Promise<unknown>): Promise<AppError> =>
  asked.then(
    () => Promise.reject(new Error('no error was thrown')),
    (error) => error,
  )

describe('maps a violated constraint by its name', () => {
  const person = () => {
    const sub = crypto.randomUUID()
    return { sub, handle: sub.slice(0, 8), display_name: 'Anna' }
  }

  test('a taken handle to handle_taken', async () => {
    const anna = person()
    await db.write(insert, anna)
    const { items, status } = await errorOf(db.write(insert, { ...person(), handle: anna.handle }))
    expect(items).toEqual([{ code: 'handle_taken', field: 'handle' }])
    expect(status).toBe(422)
  })

  test('a malformed handle to handle_invalid', async () => {
    const { items } = await errorOf(db.write(insert, { ...person(), handle: 'Not One' }))
    expect(items).toEqual([{ code: 'handle_invalid', field: 'handle' }])
  })

  test('a constraint without a code to internal, without details', async () => {
    const error = await errorOf(db.write(insert, { ...person(), display_name: '' }))
    expect(error.items).toEqual([{ code: 'internal' }])
    expect(error.message).toBe('internal')
  })
})

describe('maps a SQLSTATE', () => {
  test.each([
    ['CR401', 'session_ended', 401],
    ['CR404', 'handle_required', 409],
    ['08006', 'database_unavailable', 503],
    ['53300', 'database_unavailable', 503],
    ['57P01', 'database_unavailable', 503],
    ['57014', 'database_unavailable', 503],
    ['58030', 'database_unavailable', 503],
    ['40001', 'database_unavailable', 503],
    ['40P01', 'database_unavailable', 503],
    ['22P02', 'internal', 500],
    ['42P01', 'internal', 500],
    ['XX000', 'internal', 500],
  ])('%s to %s', async (state, code, status) => {
    const error = await errorOf(db.read(raise, { state }))
    expect(error.items).toEqual([{ code }])
    expect(error.status).toBe(status)
    expect(error.retryAfter).toBe(status === 503 ? 5 : undefined)
    expect(JSON.stringify(error.items) + error.message).not.toContain('secret')
  })
})

test.each([
  ['CR429', 'stranger_messages_used_up'],
  ['CR42N', 'new_account_limit'],
])('maps the daily limit %s to %s, with when it ends', async (state, code) => {
  const until = new Date(Date.now() + 3_600_000).toISOString()
  const error = await errorOf(db.read(raiseLimit, { state, until }))
  expect(error.items).toEqual([{ code, until }])
  expect(error.status).toBe(429)
  expect(error.retryAfter).toBeGreaterThan(3_500)
  expect(error.retryAfter).toBeLessThanOrEqual(3_600)
})

describe('throws database_unavailable if', () => {
  test.each([
    [
      'nothing listens at the endpoint',
      () => ({ databaseUrl: database.url, neonEndpoint: `${inject('postgres').neonEndpoint}/x` }),
    ],
    ['the endpoint is another server', () => ({ databaseUrl: database.url, neonEndpoint: inject('pool').jwksUrl })],
    [
      'the password is wrong',
      () => ({
        databaseUrl: Object.assign(new URL(database.url), { password: 'wrong' }).href,
        neonEndpoint: inject('postgres').neonEndpoint,
      }),
    ],
  ])('%s', async (_, options) => {
    const { items } = await errorOf(new Db(options()).read(raise, { state: '42P01' }))
    expect(items).toEqual([{ code: 'database_unavailable' }])
  })
  test('the request times out during the response', () => {
    const { items } = toAppError(new DOMException('The operation was aborted due to timeout', 'TimeoutError'))
    expect(items).toEqual([{ code: 'database_unavailable' }])
  })
})
