import { readFileSync } from 'node:fs'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { makeDatabase } from '../tests/harness/database.ts'
import { migrate } from './migrate.ts'
import { describeSchema } from './schema.ts'

describe('describeSchema', () => {
  it('matches sql/schema.sql', async () => {
    const { url } = await makeDatabase('template0')
    await migrate(url)
    const committed = readFileSync(new URL('./schema.sql', import.meta.url), 'utf8')
    expect(await describeSchema(url), 'run `node sql/schema.ts`').toBe(committed.replaceAll('\r\n', '\n'))
  })

  it('returns the same text for the same schema, in any order of creation', async () => {
    const parts = [
      `create table a (id int primary key, note text default 'x' not null, up text generated always as (upper(note)))`,
      `create table b (id int generated always as identity, constraint b__id primary key (id), constraint b__even check (id % 2 = 0))`,
      `create function twice(x int) returns int language sql return x * 2`,
      `create type mood as enum ('calm', 'bright')`,
      `create extension pg_trgm`,
    ]
    const [forward, backward] = [await describeAfter(parts), await describeAfter(parts.toReversed())]
    expect(forward).toBe(backward)
    expect(forward).toContain('create extension pg_trgm;')
    expect(forward).not.toContain('similarity')
    expect(forward).toContain("create type mood as enum ('calm', 'bright');")
    expect(forward).toContain('up text generated always as (upper(note)) virtual')
    expect(forward).toContain('constraint b__even CHECK (((id % 2) = 0))')
  })

  it('describes views, triggers and comments', async () => {
    const schema = await describeAfter([
      'create table a (id int)',
      'create view doubles as select id * 2 as twice from a',
      `create function stop_it() returns trigger language plpgsql as 'begin return null; end'`,
      'create trigger never before insert on a for each row execute function stop_it()',
      `comment on table a is 'Its owner''s'`,
      `comment on function stop_it() is 'Stops it'`,
    ])
    expect(schema).toContain('create view doubles as\n SELECT id * 2 AS twice\n   FROM a;')
    expect(schema).toContain('CREATE TRIGGER never BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION stop_it();')
    expect(schema).toContain("comment on table a is 'Its owner''s';")
    expect(schema).toContain("comment on function stop_it() is 'Stops it';")
  })
})

async function describeAfter(statements: string[]): Promise<string> {
  const { url } = await makeDatabase('template0')
  await run(url, statements)
  return describeSchema(url)
}

async function run(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}
