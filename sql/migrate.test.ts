import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Postgres } from '../local/postgres.ts'
import { startPostgres } from '../local/postgres.ts'
import { migrate } from './migrate.ts'

let postgres: Postgres
let url: string
let folder: string
let count = 0

beforeAll(async () => {
  postgres = await startPostgres({ port: 0, durable: false })
})
afterAll(() => postgres.stop())

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
  count += 1
  const name = `migrate_${count}`
  await query(postgres.url, `create database ${name}`)
  url = postgres.url.replace(/cruddur$/, name)
  write('0001_first.sql', 'create table first (a int);')
  write('0002_second.sql', 'create table second (a int);')
  return () => rmSync(folder, { recursive: true })
})

describe('migrate', () => {
  it('applies what is new, in order, and once', async () => {
    const lines: string[] = []
    expect(await migrate(url, { folder, log: (line) => lines.push(line) })).toEqual([
      '0001_first.sql',
      '0002_second.sql',
    ])
    expect(lines).toEqual(['applied 0001_first.sql', 'applied 0002_second.sql'])
    expect(await migrate(url, { folder })).toEqual([])
    write('0003_third.sql', 'alter table first add b int;')
    expect(await migrate(url, { folder })).toEqual(['0003_third.sql'])
    expect(await query(url, 'select name from schema_migrations order by applied_at')).toHaveLength(3)
  })

  it('lets many runs at the same time succeed, each file applied by one of them', async () => {
    const runs = await Promise.all(Array.from({ length: 8 }, () => migrate(url, { folder })))
    expect(runs.flat().sort()).toEqual(['0001_first.sql', '0002_second.sql'])
  })

  it('takes back a file that fails, keeps those before it, and names the line', async () => {
    write('0002_second.sql', 'create table second (a int);\ncreate table second (a int);\nselect nope')
    await expect(migrate(url, { folder })).rejects.toThrow('0002_second.sql: relation "second" already exists')
    write('0002_second.sql', 'create table second (a int);\nselect\n  nope')
    await expect(migrate(url, { folder })).rejects.toThrow('0002_second.sql:3: column "nope" does not exist')
    expect(await query(url, 'select name from schema_migrations')).toEqual([{ name: '0001_first.sql' }])
    expect(await query(url, "select to_regclass('second') as second")).toEqual([{ second: null }])
  })

  it('refuses an applied file that was edited or is missing', async () => {
    await migrate(url, { folder })
    write('0001_first.sql', 'create table first (a bigint);')
    await expect(migrate(url, { folder })).rejects.toThrow('0001_first.sql was edited after it was applied')
    write('0001_first.sql', 'create table first (a int);')
    rmSync(join(folder, '0002_second.sql'))
    await expect(migrate(url, { folder })).rejects.toThrow('0002_second.sql was applied to this database, but')
  })

  it('takes other line ends for the same file', async () => {
    write('0001_first.sql', 'create table first (\n  a int\n);\n')
    await migrate(url, { folder })
    write('0001_first.sql', 'create table first (\r\n  a int\r\n);\r\n')
    expect(await migrate(url, { folder })).toEqual([])
  })

  it('refuses gaps, doubles and other names', async () => {
    write('0004_fourth.sql', '')
    await expect(migrate(url, { folder })).rejects.toThrow('0004_fourth.sql should have the number 0003')
    rmSync(join(folder, '0004_fourth.sql'))
    write('0002_twice.sql', '')
    await expect(migrate(url, { folder })).rejects.toThrow('0002_twice.sql should have the number 0003')
    rmSync(join(folder, '0002_twice.sql'))
    write('third.sql', '')
    await expect(migrate(url, { folder })).rejects.toThrow('third.sql is not named')
  })
})

function write(name: string, sql: string): void {
  writeFileSync(join(folder, name), sql)
}

async function query(target: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: target })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
