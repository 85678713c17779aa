import type pg from 'pg'

/**
 * Does work that writes very many rows while no index has to keep up with it but those of constraints; makes the others
 * again after it, which is far quicker. Triggers and checks of references are off meanwhile.
 */
export async function withoutIndexes(client: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string; untold: boolean }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition,
       exists (select from pg_attribute where attrelid = indexrelid and attstattarget = 0) as untold
     from pg_index
     join pg_class on pg_class.oid = indexrelid
     where relnamespace = 'public'::regnamespace and not exists (select from pg_constraint where conindid = indexrelid)`,
  )
  await client.query('set session_replication_role = replica')
  for (const { name } of rows) await client.query(`drop index ${name}`)
  await work()
  await client.query(`set maintenance_work_mem = '256MB'`)
  for (const { name, definition, untold } of rows) {
    await client.query(definition)
    if (untold) await client.query(`alter index ${name} alter column 1 set statistics 0`)
  }
  await client.query('reset maintenance_work_mem')
  await client.query('reset session_replication_role')
}
