import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { beforeEach, describe, expect, it } from 'vitest'
import { makeDatabase } from '../tests/harness/database.ts'
import { migrate } from './migrate.ts'
import { newMigration } from './migrations.ts'
import { readStatus } from './status.ts'

let url: string
let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
  url = (await makeDatabase('template0')).url
  write('0001_first.sql', 'create table first (a int);')
  write('0002_second.sql', 'create table second (a int);')
  return () => rmSync(folder, { recursive: true })
})

describe('readStatus', () => {
  it('returns applied and pending migrations without changing anything', async () => {
    expect((await readStatus(url, folder)).pending.map(({ name }) => name)).toEqual([
      '0001_first.sql',
      '0002_second.sql',
    ])
    expect(await query(url, "select to_regclass('schema_migrations') as history")).toEqual([{ history: null }])
    await migrate(url, { folder })
    write('0003_third.sql', '')
    const { applied, pending } = await readStatus(url, folder)
    expect(applied.map(({ name }) => name)).toEqual(['0001_first.sql', '0002_second.sql'])
    expect(pending).toMatchObject([{ name: '0003_third.sql', kind: 'expand' }])
  })
})

describe('newMigration', () => {
  it('takes the next number and refuses malformed names', async () => {
    expect(newMigration('add_colours', 'expand', folder)).toBe(join(folder, '0003_add_colours.sql'))
    expect(newMigration('drop_colours', 'contract', folder)).toBe(join(folder, '0004_drop_colours.contract.sql'))
    expect(await migrate(url, { folder })).toHaveLength(4)
    expect(() => newMigration('Add Colours', 'expand', folder)).toThrow('"Add Colours" should be lower_case_words.')
    expect(() => newMigration('../colours', 'expand', folder)).toThrow('should be lower_case_words')
  })
})

describe('migrate', () => {
  it('applies new files in order, each once', async () => {
    const lines: string[] = []
    expect(await migrate(url, { folder, log: (line) => lines.push(line) })).toEqual([
      '0001_first.sql',
      '0002_second.sql',
    ])
    expect(lines.map((line) => line.replace(/\d+ ms$/, 'n ms'))).toEqual([
      'applied 0001_first.sql in n ms',
      'applied 0002_second.sql in n ms',
    ])
    expect(await migrate(url, { folder })).toEqual([])
    write('0003_third.sql', 'alter table first add b int;')
    expect(await migrate(url, { folder })).toEqual(['0003_third.sql'])
    expect(await query(url, 'select name from schema_migrations order by applied_at')).toHaveLength(3)
  })

  it('applies each file once in concurrent runs', async () => {
    const runs = await Promise.all(Array.from({ length: 8 }, () => migrate(url, { folder })))
    expect(runs.flat().sort()).toEqual(['0001_first.sql', '0002_second.sql'])
  })

  it('rolls back a failing file, keeps those before it, and names the line', async () => {
    write('0002_second.sql', 'create table second (a int);\ncreate table second (a int);\nselect nope')
    await expect(migrate(url, { folder })).rejects.toThrow('0002_second.sql: relation "second" already exists')
    write('0002_second.sql', 'create table second (a int);\nselect\n  nope')
    await expect(migrate(url, { folder })).rejects.toThrow('0002_second.sql:3: column "nope" does not exist')
    expect(await query(url, 'select name from schema_migrations')).toEqual([{ name: '0001_first.sql' }])
    expect(await query(url, "select to_regclass('second') as second")).toEqual([{ second: null }])
  })

  it('rolls back the whole file if its end fails, and does not apply later files', async () => {
    write('0002_second.sql', 'create table second (a int);\nalter table first add b int;\nselect 1 / 0;')
    write('0003_third.sql', 'create table third (a int);')
    await expect(migrate(url, { folder })).rejects.toThrow('0002_second.sql: division by zero')
    const [left] = await query(
      url,
      "select string_agg(relname, ' ' order by relname) as tables from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
    )
    expect(left).toEqual({ tables: 'first schema_migrations' })
    await expect(query(url, 'select b from first')).rejects.toThrow('column "b" does not exist')
    write('0002_second.sql', 'create table second (a int);')
    expect(await migrate(url, { folder })).toEqual(['0002_second.sql', '0003_third.sql'])
  })

  it('fails at the lock timeout instead of blocking other queries', async () => {
    await migrate(url, { folder })
    write('0003_third.sql', "set local lock_timeout = '50ms';\nalter table first add b int;")
    const holder = new pg.Client({ connectionString: url })
    await holder.connect()
    await holder.query('begin; select from first')
    await expect(migrate(url, { folder })).rejects.toThrow('0003_third.sql: canceling statement due to lock timeout')
    await holder.end()
    expect(await migrate(url, { folder })).toEqual(['0003_third.sql'])
  })

  it('runs a file without transaction statement by statement, once in concurrent runs', async () => {
    const statements = [
      'drop index concurrently if exists first__a;',
      'create index concurrently first__a on first (a);',
    ]
    write('0003_index.sql', `-- no transaction\n-- Why it is needed.\n${statements.join('\n')}\n`)
    const runs = await Promise.all(Array.from({ length: 3 }, () => migrate(url, { folder })))
    expect(runs.flat()).toContain('0003_index.sql')
    expect(await query(url, "select indisvalid from pg_index where indexrelid = 'first__a'::regclass")).toEqual([
      { indisvalid: true },
    ])
    expect(await query(url, "select from schema_migrations where name = '0003_index.sql'")).toHaveLength(1)
  })

  it('reruns a file without transaction from its start after a failure', async () => {
    await migrate(url, { folder })
    await query(url, 'insert into first values (1), (1)')
    const drop = 'drop index concurrently if exists first__a;'
    write('0003_index.sql', `-- no transaction\n${drop}\ncreate unique index concurrently first__a on first (a);\n`)
    await expect(migrate(url, { folder })).rejects.toThrow('0003_index.sql: could not create unique index')
    await query(url, 'delete from first')
    expect(await migrate(url, { folder })).toEqual(['0003_index.sql'])
  })

  it('stops before a contract migration with stopsBeforeContract', async () => {
    write('0003_third.contract.sql', 'drop table first;')
    expect(await migrate(url, { folder, stopsBeforeContract: true })).toHaveLength(2)
    expect((await readStatus(url, folder)).pending).toMatchObject([
      { name: '0003_third.contract.sql', kind: 'contract' },
    ])

    write('0004_fourth.sql', '')
    await expect(migrate(url, { folder, stopsBeforeContract: true })).rejects.toThrow(
      '0004_fourth.sql waits behind 0003_third.contract.sql',
    )
    expect(await query(url, 'select from first')).toEqual([])
    expect(await migrate(url, { folder })).toEqual(['0003_third.contract.sql', '0004_fourth.sql'])
  })

  it('applies a later expand migration once the contract migration before it is applied', async () => {
    await migrate(url, { folder })
    write('0003_third.contract.sql', 'drop table first;')
    const checkOutNewest = () => write('0004_fourth.sql', 'create table fourth (a int);')
    const checkOutLive = () => rmSync(join(folder, '0004_fourth.sql'))
    checkOutNewest()
    await expect(migrate(url, { folder, stopsBeforeContract: true })).rejects.toThrow('0004_fourth.sql waits behind')
    checkOutLive()
    expect(await migrate(url, { folder })).toEqual(['0003_third.contract.sql'])
    checkOutNewest()
    expect(await migrate(url, { folder, stopsBeforeContract: true })).toEqual(['0004_fourth.sql'])
  })

  it('applies an expand migration that is before a contract migration', async () => {
    await migrate(url, { folder })
    write('0003_third.sql', 'create table third (a int);')
    write('0004_fourth.contract.sql', 'drop table first;')
    expect(await migrate(url, { folder, stopsBeforeContract: true })).toEqual(['0003_third.sql'])
  })

  it('refuses an applied file that was edited or is missing', async () => {
    await migrate(url, { folder })
    write('0001_first.sql', 'create table first (a bigint);')
    await expect(migrate(url, { folder })).rejects.toThrow('0001_first.sql was edited after it was applied')
    write('0001_first.sql', 'create table first (a int);')
    rmSync(join(folder, '0002_second.sql'))
    await expect(migrate(url, { folder })).rejects.toThrow('0002_second.sql was applied to this database, but')
  })

  it('accepts other line endings of an applied file', async () => {
    write('0001_first.sql', 'create table first (\n  a int\n);\n')
    await migrate(url, { folder })
    write('0001_first.sql', 'create table first (\r\n  a int\r\n);\r\n')
    expect(await migrate(url, { folder })).toEqual([])
  })

  it('refuses gaps and duplicates of numbers, and malformed names', async () => {
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
