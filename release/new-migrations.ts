import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { MIGRATIONS, readMigrations } from '../sql/migrations.ts'

/** The migrations of this checkout that an older one has not, up to the first that takes something away: what a release applies. */
export function newMigrations(older: string, folder = MIGRATIONS): string[] {
  const known = new Set(readdirSync(join(older, 'sql/migrations')))
  const added = readMigrations(folder).filter(({ name }) => !known.has(name))
  const contract = added.findIndex(({ kind }) => kind === 'contract')
  return added.slice(0, contract < 0 ? undefined : contract).map(({ name }) => name)
}
