import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeMark } from '../sql/environment.ts'
import { migrate } from '../sql/migrate.ts'
import { reset } from '../sql/reset.ts'
import { makeDatabase } from '../tests/harness/database.ts'

// A unique name: roles belong to the whole server, which other tests use too.
const ROLE = `worker_${crypto.randomUUID().replaceAll('-', '')}`

let url: string
let owner: pg.Client
let worker: pg.Client

beforeAll(async () => {
  url = (await makeDatabase()).url
  await writeMark(url, 'staging')
  owner = await open(url)
  const script = readFileSync(join(import.meta.dirname, 'worker-role.sql'), 'utf8')
  await owner.query(script.replaceAll('cruddur_worker_login', ROLE))
  await owner.query(`alter role ${ROLE} password 'sesame'`)
  worker = await open(Object.assign(new URL(url), { username: ROLE, password: 'sesame' }).href)
})
afterAll(async () => {
  await worker.end()
  await owner.query(`drop role ${ROLE}`)
  await owner.end()
})

async function open(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return client
}

/** Returns functions that the role may execute but should not, or the reverse. */
async function wrongFunctions(): Promise<unknown[]> {
  const { rows } = await worker.query(
    `select proname from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
     where nspname ~ '^fn_' and has_function_privilege(pg_proc.oid, 'execute') <> prosecdef`,
  )
  return rows
}
const readClock = async () => {
  const { rows } = await owner.query(
    `select pronamespace::regnamespace::text as schema from pg_proc where proname = 'read_clock'`,
  )
  return worker.query(`select now from ${rows[0].schema}.read_clock()`)
}
const readableTables = async () => {
  const { rows } = await worker.query(
    `select relname from pg_class
     where relkind in ('r', 'v') and relnamespace = 'public'::regnamespace
       and has_table_privilege(oid, 'select, insert, update, delete, truncate')`,
  )
  return rows
}

test('the Worker’s role may execute every entry function and nothing else', async () => {
  expect((await readClock()).rows).toHaveLength(1)
  expect(await wrongFunctions()).toEqual([])
  expect(await readableTables()).toEqual([])
})

test.each(['drop table users', 'alter table users add a int', 'create table mine (a int)', 'truncate activities'])(
  'the role may not %s',
  async (statement) => {
    await expect(worker.query(statement)).rejects.toThrow(/must be owner|permission denied/)
  },
)

test('the role may not access later tables either, nor after a reset', async () => {
  await owner.query('create table added_later (a int)')
  expect(await readableTables()).toEqual([])

  await reset(url, 'staging')
  await migrate(url)
  expect((await readClock()).rows).toHaveLength(1)
  expect(await wrongFunctions()).toEqual([])
  expect(await readableTables()).toEqual([])
})
