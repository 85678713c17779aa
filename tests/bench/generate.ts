import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'

const FILL = join(import.meta.dirname, 'fill')

/** How large a site to make: live cruds that answer nothing, and people. */
export type Size = { cruds: number; people: number }

/**
 * Fills an empty, migrated database with a site that has gone on for long, by the statements of fill/ in their order.
 * Triggers are off meanwhile: what they would have counted stands in the rows from the beginning, which is far quicker.
 */
export async function generate(client: pg.Client, { cruds, people }: Size): Promise<void> {
  await client.query(
    `select setseed(0.42), set_config('fill.cruds', $1, false), set_config('fill.people', $2, false),
       set_config('session_replication_role', 'replica', false), set_config('work_mem', '256MB', false),
       set_config('maintenance_work_mem', '1GB', false)`,
    [cruds, people],
  )
  await withoutIndexing(client, async () => {
    for (const name of readdirSync(FILL).sort()) await client.query(readFileSync(join(FILL, name), 'utf8'))
  })
  // Temporary tables and settings go.
  await client.query('discard all')
  // As autovacuum leaves it: statistics, and the visibility map.
  await client.query('vacuum (analyze)')
}

/** Does work while no index is written, those of constraints neither; each is built after it, which finds out doubles. */
async function withoutIndexing(client: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `update pg_index set indisready = false, indisvalid = false
     from pg_class
     where pg_class.oid = indrelid and relnamespace = 'public'::regnamespace and relname <> 'schema_migrations'
     returning indexrelid::regclass::text as name`,
  )
  await work()
  for (const { name } of rows) await client.query(`reindex index ${name}`)
}
