import { type NeonQueryFunction, neon, neonConfig } from '@neondatabase/serverless'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, makeDatabase } from '../../tests/harness/database.ts'
import { type NeonEndpoint, startNeonEndpoint } from '../neon.ts'

describe('a session that is handed on', () => {
  let db: Database
  let single: NeonEndpoint
  let sql: NeonQueryFunction<false, false>
  beforeAll(async () => {
    db = await makeDatabase('template0')
    const { hostname, port } = new URL(db.url)
    single = await startNeonEndpoint({ port: 0, postgres: { host: hostname, port: Number(port) }, maxConnections: 1 })
    neonConfig.fetchEndpoint = () => single.url
    sql = neon(db.url)
  })
  afterAll(() => single.stop())
  const pid = async () => (await sql`select pg_backend_pid() as pid`)[0]?.pid

  it('has nothing of who had it before', async () => {
    await db.sql('create sequence numbers')
    const [before] = await sql`select pg_backend_pid() as pid, current_user as name`
    for (const statement of [
      "set statement_timeout = '9s'",
      "select set_config('app.viewer', 'anna', false)",
      'set role pg_read_all_data',
      'create temp table things as select 1 as mine',
      'select pg_advisory_lock(7)',
      'listen news',
      'prepare ready as select 1',
      'declare all_things cursor with hold for select 1',
      "select nextval('numbers')",
      'begin',
    ]) {
      await sql.query(statement)
    }
    const [after] = await sql`
      select pg_backend_pid() as pid, current_user as name, current_setting('statement_timeout') as timeout,
        current_setting('app.viewer', true) as viewer, to_regclass('pg_temp.things') as temp,
        (select count(*)::int from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks,
        (select count(*)::int from pg_listening_channels()) as channels,
        (select count(*)::int from pg_prepared_statements) as prepared, (select count(*)::int from pg_cursors where name <> '') as cursors`
    const clean = { timeout: '0', viewer: '', temp: null, locks: 0, channels: 0, prepared: 0, cursors: 0 }
    expect(after).toEqual({ ...before, ...clean })
    await expect(sql`select lastval()`).rejects.toMatchObject({ code: '55000' })
  })

  it('loses a transaction that was left open', async () => {
    await db.sql('create table kept (id int)')
    await sql`begin`
    await sql`insert into kept values (5)`
    expect(await db.sql('select id from kept')).toEqual([{ id: 5 }])
  })

  it('keeps the plans of its functions', async () => {
    // What is immutable is evaluated when the statement is planned, and the plan has the outcome.
    await db.sql(`create function planned_at() returns text immutable language plpgsql as $$
      begin return clock_timestamp()::text; end $$`)
    await db.sql(`create function plan_of() returns text language plpgsql as $$
      declare planned text; begin select planned_at() into planned; return planned; end $$`)
    const ask = async () => (await sql`select plan_of() as plan, pg_backend_pid() as pid`)[0]
    expect(await ask()).toEqual(await ask())
  })

  it('is not the one in which a statement by itself has failed, as one of a batch may', async () => {
    const first = await pid()
    await expect(sql.transaction([sql`select 1`, sql`select 1 / 0`])).rejects.toMatchObject({ code: '22012' })
    expect(await pid()).toBe(first)
    await expect(sql`select 1 / 0`).rejects.toMatchObject({ code: '22012' })
    expect(await pid()).not.toBe(first)
  })
})
