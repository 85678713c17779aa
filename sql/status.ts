import { connected } from './connected.ts'
import { type Applied, pendingAfter, readHistory } from './migrate.ts'
import { MIGRATIONS, type Migration, readMigrations } from './migrations.ts'

/** Where a database stands. */
export interface Status {
  applied: Applied[]
  pending: Migration[]
}

/** Compares a database with the folder of migrations, and changes nothing. Throws `MigrationError` as `migrate` does. */
export async function readStatus(url: string, folder = MIGRATIONS): Promise<Status> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ found: boolean }>(
      "select to_regclass('public.schema_migrations') is not null as found",
    )
    const applied = rows[0]?.found ? await readHistory(client) : []
    return { applied, pending: pendingAfter(applied, readMigrations(folder)) }
  })
}
