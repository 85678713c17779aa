import { neon, neonConfig } from '@neondatabase/serverless'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NeonEndpoint } from './neon.ts'
import { startNeonEndpoint } from './neon.ts'
import type { Postgres } from './postgres.ts'
import { startPostgres } from './postgres.ts'

let postgres: Postgres
let endpoint: NeonEndpoint

beforeAll(async () => {
  postgres = await startPostgres({ port: 0, durable: false })
  endpoint = await startNeonEndpoint({ port: 0, postgres: { host: '127.0.0.1', port: postgres.port } })
  neonConfig.fetchEndpoint = () => endpoint.url
  await direct('create table things (id int constraint things__id primary key, name text not null)')
})

afterAll(async () => {
  await endpoint.stop()
  await postgres.stop()
})

describe('the serverless driver', () => {
  it('transfers values of every type', async () => {
    const sql = neon(postgres.url)
    const [row] = await sql`
      select ${1}::int as number, ${'ü'}::text as text, ${true}::bool as bool, ${null}::text as nothing,
        ${['a', 'b"c', null]}::text[] as texts, ${[[1, 2], [3, 4]]}::int[] as matrix, ${{ a: [1] }}::jsonb as json,
        '2026-01-02T03:04:05Z'::timestamptz as time, 9007199254740993 as big`
    expect(row).toEqual({
      number: 1,
      text: 'ü',
      bool: true,
      nothing: null,
      texts: ['a', 'b"c', null],
      matrix: [
        [1, 2],
        [3, 4],
      ],
      json: { a: [1] },
      time: new Date('2026-01-02T03:04:05Z'),
      big: '9007199254740993',
    })
  })

  it('returns the command, the count and the fields', async () => {
    const sql = neon(postgres.url, { fullResults: true, arrayMode: true })
    const result = await sql`insert into things select i, 'n' from generate_series(100, 102) i returning id`
    expect(result).toMatchObject({ command: 'INSERT', rowCount: 3, rowAsArray: true, rows: [[100], [101], [102]] })
    expect(result.fields[0]).toMatchObject({ name: 'id', dataTypeID: 23, dataTypeSize: 4, format: 'text' })
  })

  it('runs a batch in one transaction and rolls it back after a failure', async () => {
    const sql = neon(postgres.url)
    const [made, seen] = await sql.transaction([
      sql`insert into things values (1, 'one') returning id`,
      sql`select name from things where id = 1`,
    ])
    expect([made, seen]).toEqual([[{ id: 1 }], [{ name: 'one' }]])

    const failing = sql.transaction([
      sql`insert into things values (2, 'two')`,
      sql`insert into things values (1, 'x')`,
    ])
    await expect(failing).rejects.toMatchObject({ code: '23505', constraint: 'things__id' })
    expect(await sql`select from things where id = 2`).toEqual([])
  })

  it('applies isolation level, read only and deferrable', async () => {
    const sql = neon(postgres.url)
    const settings = await sql.transaction(
      [
        sql`select current_setting('transaction_isolation') as level, current_setting('transaction_read_only') as ro,
        current_setting('transaction_deferrable') as deferrable`,
      ],
      { isolationLevel: 'Serializable', readOnly: true, deferrable: true },
    )
    expect(settings).toEqual([[{ level: 'serializable', ro: 'on', deferrable: 'on' }]])
    const writing = sql.transaction([sql`insert into things values (3, 'three')`], { readOnly: true })
    await expect(writing).rejects.toMatchObject({ code: '25006' })
  })

  it('returns every field of an error', async () => {
    const sql = neon(postgres.url)
    await expect(sql`insert into things values (4, null)`).rejects.toMatchObject({
      name: 'NeonDbError',
      severity: 'ERROR',
      code: '23502',
      schema: 'public',
      table: 'things',
      column: 'name',
      detail: expect.stringContaining('Failing row'),
      routine: 'ReportNotNullViolationError',
    })
    await expect(sql.query('select nope')).rejects.toMatchObject({ code: '42703', position: '8' })
  })

  it('refuses several statements in one string', async () => {
    const sql = neon(postgres.url)
    await expect(sql.query('select 1; select 2')).rejects.toMatchObject({ code: '42601' })
  })

  it('answers 50 concurrent requests with three sessions', async () => {
    const small = await startNeonEndpoint({
      port: 0,
      postgres: { host: '127.0.0.1', port: postgres.port },
      maxConnections: 3,
    })
    neonConfig.fetchEndpoint = () => small.url
    const sql = neon(postgres.url)
    try {
      const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => sql`select ${i}::int as i`))
      expect(answers.map(([row]) => row?.i)).toEqual(Array.from({ length: 50 }, (_, i) => i))
    } finally {
      neonConfig.fetchEndpoint = () => endpoint.url
      await small.stop()
    }
  })

  it('serves many databases concurrently', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `many_${i}`)
    for (const name of names) await direct(`create database ${name}`)
    const found = await Promise.all(
      names.map(async (name) => (await neon(urlOf(name))`select current_database() as name`)[0]?.name),
    )
    expect(found).toEqual(names)
    // The endpoint has an idle session on each; it must survive that they are terminated.
    for (const name of names) await direct(`drop database ${name} with (force)`)
    await expect(neon(urlOf('many_0'))`select 1`).rejects.toMatchObject({ code: '3D000' })
    expect(await neon(postgres.url)`select 1 as ok`).toEqual([{ ok: 1 }])
  })
})

describe('a client that disconnects', () => {
  it('gets its statement cancelled, and the session stays usable', async () => {
    const abort = new AbortController()
    const sql = neon(postgres.url, { fetchOptions: { signal: abort.signal } })
    const slow = sql`select pg_sleep(60) /* slow */`
    slow.catch(() => {})
    await until(async () => (await running('slow')) === 1)
    abort.abort()
    await expect(slow).rejects.toThrow()
    await until(async () => (await running('slow')) === 0)
    expect(await neon(postgres.url)`select 1 as ok`).toEqual([{ ok: 1 }])
  })

  it('gets its whole batch rolled back', async () => {
    const abort = new AbortController()
    const sql = neon(postgres.url, { fetchOptions: { signal: abort.signal } })
    const batch = sql.transaction([sql`insert into things values (6, 'six')`, sql`select pg_sleep(60) /* batch */`])
    batch.catch(() => {})
    await until(async () => (await running('batch')) === 1)
    abort.abort()
    await until(async () => (await running('batch')) === 0)
    expect(await direct('select from things where id = 6')).toEqual([])
  })
})

function urlOf(database: string): string {
  const url = new URL(postgres.url)
  url.pathname = `/${database}`
  return url.href
}

async function running(mark: string): Promise<number> {
  const rows = await direct(
    `select pid from pg_stat_activity where state = 'active' and query like '%/* ${mark} */%' and pid <> pg_backend_pid()`,
  )
  return rows.length
}

async function direct(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10))
}
