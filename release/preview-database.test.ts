import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { withConnection } from '../sql/with-connection.ts'
import { type Database, makeDatabase } from '../tests/harness/database.ts'
import type { Branch } from './neon.ts'
import { migratedBranch } from './preview-database.ts'

let folder: string
let databases: [Database, Database]
let lines: string[]
let remade: number

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
  databases = [await makeDatabase('template0'), await makeDatabase('template0')]
  lines = []
  remade = 0
  write('0001_ours.sql', 'create table ours (a int);')
  await up()
  return () => rmSync(folder, { recursive: true })
})

const write = (name: string, sql: string) => writeFileSync(join(folder, name), sql)

/** Simulates a push to the pull request. Its branch is the first database, or the second after `recreate`. */
function up() {
  const branch = () => {
    const url = databases[remade]?.url ?? ''
    return { direct: url, pooled: url }
  }
  const neon = {
    ensure: async () => branch(),
    recreate: async () => {
      remade += 1
      return branch()
    },
    drop: async () => {},
  }
  return migratedBranch(neon, 'pr-7', { folder, log: (line) => lines.push(line) })
}

/** Checks that the direct URL is the owner's, and that the pooled one has a login without access to tables. */
async function opensForTheWorker({ direct, pooled }: Branch, { url }: Database) {
  expect(direct).toBe(url)
  const ask = (text: string) => withConnection(pooled, async (client) => (await client.query(text)).rows)
  expect(await ask('select current_database() as name')).toEqual([{ name: new URL(url).pathname.slice(1) }])
  await expect(ask('select from ours')).rejects.toThrow('permission denied')
}

test('keeps the database when migrations are added, also after one failed', async () => {
  write('0002_more.sql', 'nonsense')
  await expect(up()).rejects.toThrow('0002_more.sql:1')
  write('0002_more.sql', 'alter table ours add b int;')
  await opensForTheWorker(await up(), databases[0])
  expect(remade).toBe(0)
})

test.each<[string, () => void]>([
  ['edited', () => write('0001_ours.sql', 'create table ours (a bigint);')],
  [
    'renumbered',
    () => {
      write('0001_theirs.sql', 'create table theirs (a int);')
      rmSync(join(folder, '0001_ours.sql'))
      write('0002_ours.sql', 'create table ours (a bigint);')
    },
  ],
])('creates a new database when a migration was %s', async (_, change) => {
  change()
  await opensForTheWorker(await up(), databases[1])
  expect(lines.filter((line) => line.endsWith('The preview gets a new database.'))).toHaveLength(1)
  const columns = "select data_type from information_schema.columns where table_name = 'ours'"
  expect(await databases[1].sql(columns)).toEqual([{ data_type: 'bigint' }])
})

test('creates a new database only once', async () => {
  await databases[1].sql('create table schema_migrations (name text, checksum text, applied_at timestamptz)')
  await databases[1].sql("insert into schema_migrations values ('0001_gone.sql', '', now())")
  rmSync(join(folder, '0001_ours.sql'))
  await expect(up()).rejects.toThrow('0001_gone.sql was applied to this database')
  expect(remade).toBe(1)
})
