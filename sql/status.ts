import { type InstalledFunctions, readInstalledFunctions } from './install-functions.ts'
import { type Applied, pendingAfter, readHistory } from './migrate.ts'
import { MIGRATIONS, type Migration, readMigrations } from './migrations.ts'
import { hasTable } from './owner-only-table.ts'
import { withConnection } from './with-connection.ts'

/** The state of a database. */
export interface Status {
  applied: Applied[]
  pending: Migration[]
  /** The functions of each release, newest first. */
  functions: InstalledFunctions[]
}

/** Compares a database with the folder of migrations. Changes nothing. @throws MigrationError as `migrate` does. */
export async function readStatus(url: string, folder = MIGRATIONS): Promise<Status> {
  return withConnection(url, async (client) => {
    const applied = (await hasTable(client, 'schema_migrations')) ? await readHistory(client) : []
    const functions = (await hasTable(client, 'releases')) ? await readInstalledFunctions(client) : []
    return { applied, pending: pendingAfter(applied, readMigrations(folder)), functions }
  })
}
