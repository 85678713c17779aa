import { type NeonQueryFunction, neon, neonConfig } from '@neondatabase/serverless'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, makeDatabase } from '../../tests/harness/database.ts'
import { type NeonEndpoint, startNeonEndpoint } from '../neon.ts'

describe('a session that is reused', () => {
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

  it('has no state of its previous user', async () => {
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

  it('is not in a transaction that was left open', async () => {
    await db.sql('create table kept (id int)')
    await sql`begin`
    await sql`insert into kept values (5)`
    expect(await db.sql('select id from kept')).toEqual([{ id: 5 }])
  })

  it('keeps cached plans of functions', async () => {
    // An immutable function is evaluated at planning time, so its value shows which plan is used.
    await db.sql(`create function planned_at() returns text immutable language plpgsql as $$
      begin return clock_timestamp()::text; end $$`)
    await db.sql(`create function plan_of() returns text language plpgsql as $$
      declare planned text; begin select planned_at() into planned; return planned; end $$`)
    const ask = async () => (await sql`select plan_of() as plan, pg_backend_pid() as pid`)[0]
    expect(await ask()).toEqual(await ask())
  })

  it('is closed after a failed single statement, but not after a failed batch', async () => {
    const first = await pid()
    await expect(sql.transaction([sql`select 1`, sql`select 1 / 0`])).rejects.toMatchObject({ code: '22012' })
    expect(await pid()).toBe(first)
    await expect(sql`select 1 / 0`).rejects.toMatchObject({ code: '22012' })
    expect(await pid()).not.toBe(first)
  })
})
