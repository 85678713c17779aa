import { withConnection } from '../sql/with-connection.ts'

/**
 * Renames a database that was migrated with other files than those of this checkout, and creates an empty one with its name.
 * Returns the old database's new name, where its data stays readable.
 */
export async function renameOldDatabase(url: string): Promise<string> {
  const maintenance = new URL(url)
  const name = decodeURIComponent(maintenance.pathname.slice(1))
  maintenance.pathname = '/postgres'
  const oldName = `${name}_until_${new Date().toISOString().slice(0, 19).replaceAll(/\D/g, '')}`
  await withConnection(maintenance.href, async (client) => {
    // Postgres renames a database only while it has no connections.
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    await client.query(`alter database ${client.escapeIdentifier(name)} rename to ${client.escapeIdentifier(oldName)}`)
    await client.query(`create database ${client.escapeIdentifier(name)}`)
  })
  return oldName
}
