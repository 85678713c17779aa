import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Postgres, startPostgres } from '../local/postgres.ts'
import { readFunctionFiles } from './function-files.ts'
import { migrate } from './migrate.ts'
import { withConnection } from './with-connection.ts'
import { ensureWorkerLogin, newWorkerLogin, urlWithLogin } from './worker-login.ts'

const schema = readFunctionFiles()?.schema

let postgres: Postgres
/** URLs of two databases whose owner is not a superuser. */
let firstUrl: string
let secondUrl: string
beforeAll(async () => {
  postgres = await startPostgres({ port: 0, durable: false })
  await withConnection(postgres.url, async (client) => {
    await client.query(`create role owner login createrole password 'sesame'`)
    for (const name of ['one', 'two']) await client.query(`create database ${name} owner owner`)
  })
  const ownerUrl = (database: string) =>
    Object.assign(new URL(postgres.url), { username: 'owner', password: 'sesame', pathname: `/${database}` }).href
  firstUrl = ownerUrl('one')
  secondUrl = ownerUrl('two')
  await migrate(firstUrl)
  await migrate(secondUrl)
})
afterAll(() => postgres.stop())

const rowsOf = (url: string, text: string) => withConnection(url, async (client) => (await client.query(text)).rows)
const readClock = `select now from ${schema}.read_clock()`

test('creates, without superuser rights, a login that may execute functions and nothing else', async () => {
  const login = newWorkerLogin(firstUrl)
  await ensureWorkerLogin(firstUrl, login)
  const url = urlWithLogin(firstUrl, login)
  expect(await rowsOf(url, readClock)).toEqual([{ now: expect.any(Date) }])
  for (const statement of [
    'select from users',
    'delete from activities',
    'select from schema_migrations',
    'select from releases',
    `select * from ${schema}.visible_users(null)`,
    'create table mine (a int)',
    'create temporary table users (a int)',
    'create schema mine',
    'truncate activities',
    'drop table users',
    'set role cruddur_functions',
    `create function ${schema}.mine() returns void language sql as ''`,
  ]) {
    await expect(rowsOf(url, statement), statement).rejects.toThrow(/permission denied|must be owner/)
  }
})

test('replaces the password of an existing login', async () => {
  const [first, second] = [newWorkerLogin(firstUrl), newWorkerLogin(firstUrl)]
  await ensureWorkerLogin(firstUrl, first)
  await ensureWorkerLogin(firstUrl, second)
  expect(second.user).toBe(first.user)
  expect(await rowsOf(urlWithLogin(firstUrl, second), readClock)).toHaveLength(1)
  await expect(rowsOf(urlWithLogin(firstUrl, first), readClock)).rejects.toThrow('password authentication failed')
})

test('creates a separate login for each database of a cluster', async () => {
  const [first, second] = [newWorkerLogin(firstUrl), newWorkerLogin(secondUrl)]
  await ensureWorkerLogin(firstUrl, first)
  await ensureWorkerLogin(secondUrl, second)
  expect(await rowsOf(urlWithLogin(firstUrl, first), readClock)).toHaveLength(1)
  expect(await rowsOf(urlWithLogin(secondUrl, second), readClock)).toHaveLength(1)
})

test('creates a login for a database with a long non-ASCII name', async () => {
  const name = `a "b" ${'ü'.repeat(25)}`
  await rowsOf(postgres.url, `create database ${pg.escapeIdentifier(name)}`)
  const url = Object.assign(new URL(postgres.url), { pathname: `/${encodeURIComponent(name)}` }).href
  await migrate(url)
  const login = newWorkerLogin(url)
  for (const _ of [1, 2]) await ensureWorkerLogin(url, login)
  expect(await rowsOf(urlWithLogin(url, login), readClock)).toHaveLength(1)
})
