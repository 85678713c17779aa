import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the migrations. */
export const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))
const NO_TRANSACTION = '-- no transaction\n'
const FILE_NAME = /^(\d{4})_[a-z0-9_]+(\.contract)?\.sql$/

/** A failed migration; the message is one line. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/** The database was migrated with other files than those of the folder. */
export class HistoryError extends MigrationError {
  override name = 'HistoryError'
}

/** A migration file. */
export interface Migration {
  name: string
  /** `contract`: it removes something that the released Worker may still use, so an operator decides when to apply it. */
  kind: 'expand' | 'contract'
  /** False for a file whose first line is `-- no transaction`. */
  isTransactional: boolean
  sql: string
  checksum: string
}

/** Reads the migrations in order. @throws MigrationError for a malformed name, and for a gap or duplicate in the numbers. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  return names.map((name, index) => {
    const [, number, contract] = FILE_NAME.exec(name) ?? []
    if (number === undefined) throw new MigrationError(`${name} is not named NNNN_what_it_does.sql.`)
    if (Number(number) !== index + 1) {
      throw new MigrationError(`${name} should have the number ${toNumber(index + 1)}: no gaps, no duplicates.`)
    }
    // The same checksum with CRLF line endings.
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    const kind = contract ? 'contract' : 'expand'
    const isTransactional = !sql.startsWith(NO_TRANSACTION)
    return { name, kind, isTransactional, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/** Creates the file of the next migration. Returns its path. @throws MigrationError for a malformed name. */
export function newMigration(title: string, kind: Migration['kind'], folder = MIGRATIONS): string {
  const number = toNumber(readMigrations(folder).length + 1)
  const name = `${number}_${title}${kind === 'contract' ? '.contract' : ''}.sql`
  if (!FILE_NAME.test(name)) throw new MigrationError(`"${title}" should be lower_case_words.`)
  const path = join(folder, name)
  writeFileSync(path, '-- What this is for.\n', { flag: 'wx' })
  return path
}

function toNumber(number: number): string {
  return String(number).padStart(4, '0')
}
