import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'

const FILL = join(import.meta.dirname, 'fill')

/** Size of a site: live cruds without replies, and users. */
export type Size = { cruds: number; people: number }

/**
 * Fills an empty, migrated database with a site that has been used for a month, by running the statements of fill/ in order.
 * Triggers are off meanwhile, which is far quicker: the rows are inserted with the counts that triggers would write.
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
  // Drops the temporary tables and settings.
  await client.query('discard all')
  // Writes statistics and the visibility map, as autovacuum would.
  await client.query('vacuum (analyze)')
}

/** Runs work without writing to any index, then rebuilds all; rebuilding fails if a unique key occurs twice. */
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
