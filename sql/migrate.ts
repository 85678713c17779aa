import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))
const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/
// Any number that nothing else in the database takes for a lock.
const LOCK = 7_283_664_001

/** Why a database was not migrated, in one line. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/** What `migrate` may be told. */
export interface MigrateOptions {
  log?: (line: string) => void
  /** The folder of migrations; tests have their own. */
  folder?: string
}

interface Migration {
  name: string
  sql: string
  checksum: string
}

/**
 * Brings a database up to date: applies the files of `sql/migrations` that it has not seen, in order. Resolves to
 * the names of those applied by this call.
 *
 * Each file runs in a transaction of its own, together with its row in `schema_migrations`, and under a lock that
 * ends with the transaction: runs at the same time take turns, also through a pooler. Throws `MigrationError` for a
 * gap or double in the numbers, an applied file that was edited or is gone, and a file that fails.
 */
export async function migrate(url: string, { log = () => {}, folder = MIGRATIONS }: MigrateOptions = {}) {
  const migrations = readMigrations(folder)
  const client = new pg.Client({ connectionString: url })
  // A lost connection rejects the query under way; without a listener it would end the process as well.
  client.on('error', () => {})
  await client.connect()
  const applied: string[] = []
  try {
    for (;;) {
      const name = await applyNext(client, migrations)
      if (name === null) return applied
      applied.push(name)
      log(`applied ${name}`)
    }
  } finally {
    await client.end()
  }
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  return names.map((name, index) => {
    const number = FILE_NAME.exec(name)?.[1]
    if (number === undefined) throw new MigrationError(`${name} is not named NNNN_what_it_does.sql.`)
    if (Number(number) !== index + 1) {
      const expected = String(index + 1).padStart(4, '0')
      throw new MigrationError(`${name} should have the number ${expected}: numbers have no gap and no double.`)
    }
    // The same checksum whatever line ends git gave the file.
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

async function applyNext(client: pg.Client, migrations: Migration[]): Promise<string | null> {
  await client.query('begin')
  try {
    const next = await findNext(client, migrations)
    if (next !== undefined) {
      const row = [next.name, next.checksum]
      await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', row)
      await apply(client, next)
    }
    await client.query('commit')
    return next?.name ?? null
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function findNext(client: pg.Client, migrations: Migration[]): Promise<Migration | undefined> {
  await client.query('select pg_advisory_xact_lock($1)', [LOCK])
  await client.query(`create table if not exists schema_migrations (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`)
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migrations order by name',
  )
  for (const { name, checksum } of rows) {
    const file = migrations.find((migration) => migration.name === name)
    if (!file) throw new MigrationError(`${name} was applied to this database, but the file is missing.`)
    if (file.checksum !== checksum) {
      throw new MigrationError(`${name} was edited after it was applied: restore it and add a new migration.`)
    }
  }
  const applied = new Set(rows.map(({ name }) => name))
  const next = migrations.find(({ name }) => !applied.has(name))
  const later = rows.at(-1)
  if (next && later && later.name > next.name) {
    throw new MigrationError(`${next.name} is new, but ${later.name} was applied before it.`)
  }
  return next
}

async function apply(client: pg.Client, { name, sql }: Migration): Promise<void> {
  try {
    await client.query(sql)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    const line = error.position ? `:${sql.slice(0, Number(error.position)).split('\n').length}` : ''
    throw new MigrationError(`${name}${line}: ${error.message}`, { cause: error })
  }
}

if (import.meta.main) {
  const url = process.env.DATABASE_URL
  try {
    if (!url) throw new MigrationError('DATABASE_URL is not set.')
    const applied = await migrate(url, { log: console.log })
    if (applied.length === 0) console.log('nothing to apply')
  } catch (error) {
    console.error(`Not migrated: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
