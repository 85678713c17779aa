import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeMark } from '../sql/environment.ts'
import { migrate } from '../sql/migrate.ts'
import { reset } from '../sql/reset.ts'
import { makeDatabase } from '../tests/harness/database.ts'

const QUERIES = join(import.meta.dirname, '../sql/queries')
const files = readdirSync(QUERIES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sql'))
// Roles are of the whole server, which other tests use as well.
const ROLE = `worker_${crypto.randomUUID().replaceAll('-', '')}`

let url: string
let owner: pg.Client
let worker: pg.Client

beforeAll(async () => {
  url = (await makeDatabase()).url
  await writeMark(url, 'staging')
  owner = await open(url)
  const script = readFileSync(join(import.meta.dirname, 'worker-role.sql'), 'utf8')
  await owner.query(script.replaceAll('cruddur_worker', ROLE))
  await owner.query(`alter role ${ROLE} password 'sesame'`)
  worker = await open(Object.assign(new URL(url), { username: ROLE, password: 'sesame' }).href)
})
afterAll(() => Promise.all([owner.end(), worker.end()]))

async function open(address: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  return client
}

/** The queries that the Worker's role may not run, each with the reason. Planned and not run, which asks the same. */
async function refused(): Promise<string[]> {
  const found: string[] = []
  for (const name of files) {
    const statement = readFileSync(join(QUERIES, name), 'utf8')
    await worker.query(`explain (generic_plan) ${statement}`).catch((error) => found.push(`${name}: ${error.message}`))
  }
  return found
}

test('the Worker’s role may run every query', async () => {
  expect(files.length).toBeGreaterThan(50)
  expect(await refused()).toEqual([])
})

test.each(['drop table users', 'alter table users add a int', 'create table mine (a int)', 'truncate activities'])(
  'it may not: %s',
  async (statement) => {
    await expect(worker.query(statement)).rejects.toThrow(/must be owner|permission denied/)
  },
)

async function mayNotTouchOurs() {
  for (const table of ['schema_migrations', 'database_environment']) {
    for (const statement of [`delete from ${table}`, `select from ${table}`]) {
      await expect(worker.query(statement)).rejects.toThrow('permission denied')
    }
  }
}

test('it may not say what the database is, nor what was applied to it', mayNotTouchOurs)

test('also on tables that are made later, and all of them after a reset', async () => {
  await owner.query('create table of_later (a int)')
  await worker.query('insert into of_later values (1)')

  await reset(url, 'staging')
  await migrate(url)
  expect(await refused()).toEqual([])
  await mayNotTouchOurs()
})
