import { connected } from '../sql/connected.ts'

/**
 * Renames a database that was migrated with files which this checkout no longer has, and creates an empty one in its place.
 * Resolves to the old one's new name; its data can still be looked at there.
 */
export async function moveAside(url: string): Promise<string> {
  const maintenance = new URL(url)
  const name = decodeURIComponent(maintenance.pathname.slice(1))
  maintenance.pathname = '/postgres'
  const oldName = `${name}_until_${new Date().toISOString().slice(0, 19).replaceAll(/\D/g, '')}`
  await connected(maintenance.href, async (client) => {
    // A database is renamed only while nobody is connected to it.
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    await client.query(`alter database ${client.escapeIdentifier(name)} rename to ${client.escapeIdentifier(oldName)}`)
    await client.query(`create database ${client.escapeIdentifier(name)}`)
  })
  return oldName
}
