import { dirname, join } from 'node:path'
import pg from 'pg'
import { readFunctionFiles } from './function-files.ts'
import { installFunctions } from './install-functions.ts'
import { HistoryError, MIGRATIONS, type Migration, MigrationError, readMigrations } from './migrations.ts'
import { createOwnerOnlyTable } from './owner-only-table.ts'
import { lockSchema, withSchemaLock } from './schema-lock.ts'
import { inTransaction, withConnection } from './with-connection.ts'

/** Options of `migrate`. */
export interface MigrateOptions {
  log?: (line: string) => void
  /** The folder of migrations; tests use their own. The functions are in the folder `functions` beside it. */
  folder?: string
  /** Stop before a contract migration: for a database that a released version of the Worker uses. */
  stopsBeforeContract?: boolean
}

/**
 * Migrates a database: applies the pending files of `sql/migrations` in order, and installs the functions of this checkout.
 * Returns the names of the files applied by this call.
 *
 * Each file runs in its own transaction, together with its row in `schema_migrations`, under a lock that ends with the
 * transaction: concurrent runs wait for each other, also through a pooler. A file that begins with `-- no transaction` (for
 * `create index concurrently`) runs statement by statement instead.
 * @throws MigrationError for a gap or duplicate in the numbers, an applied file that was edited or is missing, a file that fails,
 * and an expand migration after a pending contract one.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const { log = () => {}, folder = MIGRATIONS, stopsBeforeContract = false } = options
  const migrations = readMigrations(folder)
  return withConnection(url, async (client) => {
    const applied: string[] = []
    for (;;) {
      const startedAt = performance.now()
      const next = await inTransaction(client, () => applyNext(client, migrations, stopsBeforeContract))
      if (next === null) break
      const { name } = next
      if (!next.isTransactional) await applyWithoutTransaction(client, next)
      applied.push(name)
      log(`applied ${name} in ${Math.ceil(performance.now() - startedAt)} ms`)
    }
    const functions = readFunctionFiles(join(dirname(folder), 'functions'))
    if (functions) {
      const isNew = await inTransaction(client, async () => {
        await lockSchema(client)
        return installFunctions(client, functions)
      })
      if (isNew) log(`installed ${functions.files.length} functions as ${functions.schema}`)
    }
    return applied
  })
}

/** Applies the next file, unless it must run without a transaction. Returns the file, or null if none is left. */
async function applyNext(
  client: pg.Client,
  migrations: Migration[],
  stopsBeforeContract: boolean,
): Promise<Migration | null> {
  await lockSchema(client)
  await createOwnerOnlyTable(
    client,
    'schema_migrations',
    'name text primary key, checksum text not null, applied_at timestamptz not null default now()',
  )
  const pending = pendingAfter(await readHistory(client), migrations)
  const [next] = pending
  if (next === undefined) return null
  if (stopsBeforeContract && next.kind === 'contract') {
    const waiting = pending.find(({ kind }) => kind === 'expand')
    if (!waiting) return null
    throw new MigrationError(`${waiting.name} waits behind ${next.name}: apply that first, with --contract.`)
  }
  if (!next.isTransactional) return next
  await recordApplied(client, next)
  await apply(client, next)
  return next
}

const recordApplied = (client: pg.Client, { name, checksum }: Migration) =>
  client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum])

/** Applies a file statement by statement, unless a concurrent run has applied it. After a failure the next run starts it again. */
function applyWithoutTransaction(client: pg.Client, migration: Migration): Promise<void> {
  return withSchemaLock(client, async () => {
    const history = await readHistory(client)
    if (history.some(({ name }) => name === migration.name)) return
    for (const sql of migration.sql.split(/;\s*$/m).filter((part) => part.replaceAll(/--.*$/gm, '').trim() !== '')) {
      await apply(client, { ...migration, sql })
    }
    await recordApplied(client, migration)
  })
}

/** A row of schema_migrations. */
export interface Applied {
  name: string
  checksum: string
  applied_at: Date
}

/** Returns the applied migrations in order. The table schema_migrations must exist. */
export async function readHistory(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>('select name, checksum, applied_at from schema_migrations order by name')
  return rows
}

/** Returns the pending migrations. @throws HistoryError if the history does not match the folder. */
export function pendingAfter(history: Applied[], migrations: Migration[]): Migration[] {
  for (const { name, checksum } of history) {
    const file = migrations.find((migration) => migration.name === name)
    if (!file) throw new HistoryError(`${name} was applied to this database, but the file is missing.`)
    if (file.checksum !== checksum) {
      throw new HistoryError(`${name} was edited after it was applied: restore it and add a new migration.`)
    }
  }
  const applied = new Set(history.map(({ name }) => name))
  const pending = migrations.filter(({ name }) => !applied.has(name))
  const next = pending[0]
  const lastApplied = history.at(-1)
  if (next && lastApplied && lastApplied.name > next.name) {
    throw new HistoryError(`${next.name} is new, but ${lastApplied.name} was applied before it.`)
  }
  return pending
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
