import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { MIGRATIONS, readMigrations } from '../sql/migrations.ts'

/** Returns the migrations that a release applies: all that an older checkout lacks, up to the first contract migration. */
export function newMigrations(older: string, folder = MIGRATIONS): string[] {
  const known = new Set(readdirSync(join(older, 'sql/migrations')))
  const added = readMigrations(folder).filter(({ name }) => !known.has(name))
  const contract = added.findIndex(({ kind }) => kind === 'contract')
  return added.slice(0, contract < 0 ? undefined : contract).map(({ name }) => name)
}
