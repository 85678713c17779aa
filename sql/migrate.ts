import { dirname, join } from 'node:path'
import pg from 'pg'
import { connected, inTransaction } from './connected.ts'
import { readFunctionFiles } from './function-files.ts'
import { installFunctions } from './install-functions.ts'
import { HistoryError, MIGRATIONS, type Migration, MigrationError, readMigrations } from './migrations.ts'
import { makeOwnTable } from './own-table.ts'
import { inTurnWithoutTransaction, takeTurn } from './take-turn.ts'

/** Options of `migrate`. */
export interface MigrateOptions {
  log?: (line: string) => void
  /** The folder of migrations; tests have their own. The functions of a release stand beside it, in `functions`. */
  folder?: string
  /** For a database that a released version of the Worker uses. */
  stopsBeforeContract?: boolean
}

/**
 * Brings a database up to date: applies the files of `sql/migrations` that it has not seen, in order, and installs
 * the functions of this checkout. Resolves to the names of the files applied by this call.
 *
 * Each file runs in a transaction of its own, together with its row in `schema_migrations`, and under a lock that
 * ends with the transaction: runs at the same time take turns, also through a pooler. A file that begins with
 * `-- no transaction` (for `create index concurrently`) runs statement by statement instead. Throws `MigrationError` for a
 * gap or double in the numbers, an applied file that was edited or is gone, a file that fails, and an expand
 * migration that waits behind a contract one.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const { log = () => {}, folder = MIGRATIONS, stopsBeforeContract = false } = options
  const migrations = readMigrations(folder)
  return connected(url, async (client) => {
    const applied: string[] = []
    for (;;) {
      const startedAt = performance.now()
      const next = await inTransaction(client, () => applyNext(client, migrations, stopsBeforeContract))
      if (next === null) break
      const { name } = next
      if (!next.isTransactional) await applyOutside(client, next)
      applied.push(name)
      log(`applied ${name} in ${Math.ceil(performance.now() - startedAt)} ms`)
    }
    const functions = readFunctionFiles(join(dirname(folder), 'functions'))
    if (functions) {
      const isNew = await inTransaction(client, async () => {
        await takeTurn(client)
        return installFunctions(client, functions)
      })
      if (isNew) log(`installed ${functions.files.length} functions as ${functions.schema}`)
    }
    return applied
  })
}

/** Applies the next file, unless that runs outside a transaction; resolves to the file, or null when none is left. */
async function applyNext(
  client: pg.Client,
  migrations: Migration[],
  stopsBeforeContract: boolean,
): Promise<Migration | null> {
  await takeTurn(client)
  await makeOwnTable(
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
  await noteApplied(client, next)
  await apply(client, next)
  return next
}

const noteApplied = (client: pg.Client, { name, checksum }: Migration) =>
  client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum])

/** Applies a file statement by statement, unless somebody else has meanwhile. One that failed half-way runs again from its start. */
function applyOutside(client: pg.Client, migration: Migration): Promise<void> {
  return inTurnWithoutTransaction(client, async () => {
    const history = await readHistory(client)
    if (history.some(({ name }) => name === migration.name)) return
    for (const sql of migration.sql.split(/;\s*$/m).filter((part) => part.replaceAll(/--.*$/gm, '').trim() !== '')) {
      await apply(client, { ...migration, sql })
    }
    await noteApplied(client, migration)
  })
}

/** A migration as the database remembers it. */
export interface Applied {
  name: string
  checksum: string
  applied_at: Date
}

/** What was applied to a database, in order; its table must be there. */
export async function readHistory(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>('select name, checksum, applied_at from schema_migrations order by name')
  return rows
}

/** The migrations that are yet to come. Throws `HistoryError` when history and folder do not agree. */
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
  const [next, later] = [pending[0], history.at(-1)]
  if (next && later && later.name > next.name) {
    throw new HistoryError(`${next.name} is new, but ${later.name} was applied before it.`)
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
