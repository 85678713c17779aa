import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this checkout's migrations. */
export const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))
const NO_TRANSACTION = '-- no transaction\n'
const FILE_NAME = /^(\d{4})_[a-z0-9_]+(\.contract)?\.sql$/

/** Why a database was not migrated, in one line. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/** The same, since the database was migrated with other files than the folder has. */
export class HistoryError extends MigrationError {
  override name = 'HistoryError'
}

/** One file of the folder. */
export interface Migration {
  name: string
  /** `contract`: it takes away what the released version of the Worker may still use, so a person says when. */
  kind: 'expand' | 'contract'
  /** False for a file whose first line is `-- no transaction`: each of its statements runs by itself. */
  isTransactional: boolean
  sql: string
  checksum: string
}

/** Reads the folder, in order. Throws `MigrationError` for another form of name, and for a gap or double in the numbers. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  return names.map((name, index) => {
    const [, number, contract] = FILE_NAME.exec(name) ?? []
    if (number === undefined) throw new MigrationError(`${name} is not named NNNN_what_it_does.sql.`)
    if (Number(number) !== index + 1) {
      throw new MigrationError(`${name} should have the number ${toNumber(index + 1)}: no gap and no double.`)
    }
    // The same checksum whatever line ends git gave the file.
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    const kind = contract ? 'contract' : 'expand'
    const isTransactional = !sql.startsWith(NO_TRANSACTION)
    return { name, kind, isTransactional, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/** Begins the next migration: writes the file and answers its path. Throws `MigrationError` for a name of another form. */
export function newMigration(what: string, kind: Migration['kind'], folder = MIGRATIONS): string {
  const number = toNumber(readMigrations(folder).length + 1)
  const name = `${number}_${what}${kind === 'contract' ? '.contract' : ''}.sql`
  if (!FILE_NAME.test(name)) throw new MigrationError(`"${what}" should be lower_case_words.`)
  const path = join(folder, name)
  writeFileSync(path, '-- What this is for.\n', { flag: 'wx' })
  return path
}

function toNumber(number: number): string {
  return String(number).padStart(4, '0')
}
