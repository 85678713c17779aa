import pg from 'pg'
import type { FunctionFile, FunctionFiles } from './function-files.ts'
import { MigrationError } from './migrations.ts'
import { createOwnerOnlyTable, hasTable } from './owner-only-table.ts'
import { FUNCTIONS_ROLE, prepareRoles, WORKER_ROLE } from './roles.ts'

/** Number of the last live schemas, and of the last installed ones, that are kept. */
const SCHEMAS_KEPT = 2

/**
 * Installs the functions of a release in their own schema, beside those of other releases, and drops the schemas of old releases.
 * Returns whether they were new. Call it in a transaction that holds the lock of `lockSchema`.
 * @throws MigrationError with the file and line of a function that Postgres refuses.
 */
export async function installFunctions(client: pg.Client, { schema, files }: FunctionFiles): Promise<boolean> {
  await createOwnerOnlyTable(
    client,
    'releases',
    'functions_schema text primary key, installed_at timestamptz not null default now(), live_at timestamptz',
  )
  const { rowCount } = await client.query('select from releases where functions_schema = $1', [schema])
  await prepareRoles(client)
  if (rowCount === 0) {
    await createFunctions(client, schema, files)
    await client.query('insert into releases (functions_schema) values ($1)', [schema])
  }
  await dropUnused(client, schema)
  return rowCount === 0
}

/**
 * Records that the Worker of a release is live: its functions and those of the previous live release are never dropped. Returns
 * whether the functions are installed.
 */
export async function markLive(client: pg.Client, schema: string): Promise<boolean> {
  if (!(await hasTable(client, 'releases'))) return false
  const { rowCount } = await client.query('update releases set live_at = now() where functions_schema = $1', [schema])
  return rowCount === 1
}

/** The functions of one release. */
export interface InstalledFunctions {
  schema: string
  installed_at: Date
  /** Whether `markLive` was last called for them. */
  is_live: boolean
}

/** Returns the installed functions of all releases, newest first. The table `releases` must exist. */
export async function readInstalledFunctions(client: pg.Client): Promise<InstalledFunctions[]> {
  const { rows } = await client.query<InstalledFunctions>(
    `select functions_schema as schema, installed_at, live_at is not null and live_at = max(live_at) over () as is_live
     from releases
     order by installed_at desc`,
  )
  return rows
}

async function createFunctions(client: pg.Client, schema: string, files: FunctionFile[]): Promise<void> {
  await client.query(`create schema ${schema}`)
  await client.query(`set local search_path = ${schema}, public`)
  // Functions call each other: the first pass creates them without checks, the second pass checks their bodies.
  for (const checks of ['off', 'on']) {
    await client.query(`set local check_function_bodies = ${checks}`)
    for (const file of files) await createFunction(client, file)
  }
  await assertAllCreated(client, schema, files)
  await setRights(client, schema)
  await client.query('set local search_path to default')
}

async function createFunction(client: pg.Client, { path, sql }: FunctionFile): Promise<void> {
  try {
    await client.query(sql)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    const line = error.position ? `:${sql.slice(0, Number(error.position)).split('\n').length}` : ''
    throw new MigrationError(`functions/${path}${line}: ${error.message}`, { cause: error })
  }
}

async function assertAllCreated(client: pg.Client, schema: string, files: FunctionFile[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    'select proname as name from pg_proc where pronamespace = $1::regnamespace order by proname',
    [schema],
  )
  const created = rows.map(({ name }) => name).join()
  const expected = files
    .map(({ name }) => name)
    .sort()
    .join()
  if (created !== expected)
    throw new MigrationError(`functions: each file must create exactly the function of its name (created: ${created}).`)
}

/** Sets owners, search paths and rights. Entry functions are `security definer`: a role that cannot log in owns them. */
async function setRights(client: pg.Client, schema: string): Promise<void> {
  const { rows } = await client.query<{ signature: string; is_entry: boolean }>(
    'select oid::regprocedure::text as signature, prosecdef as is_entry from pg_proc where pronamespace = $1::regnamespace',
    [schema],
  )
  await client.query(`revoke all on all functions in schema ${schema} from public`)
  await client.query(`grant usage on schema ${schema} to ${FUNCTIONS_ROLE}, ${WORKER_ROLE}`)
  await client.query(`grant create on schema ${schema} to ${FUNCTIONS_ROLE}`)
  for (const { signature, is_entry } of rows) {
    await client.query(`grant execute on function ${signature} to ${is_entry ? WORKER_ROLE : FUNCTIONS_ROLE}`)
    if (!is_entry) continue
    await client.query(`alter function ${signature} set search_path = ${schema}, public, pg_temp`)
    await client.query(`alter function ${signature} owner to ${FUNCTIONS_ROLE}`)
  }
  await client.query(`revoke create on schema ${schema} from ${FUNCTIONS_ROLE}`)
}

/** Drops schemas older than a day, except the current one and the last KEPT live and installed ones. */
async function dropUnused(client: pg.Client, current: string): Promise<void> {
  const { rows } = await client.query<{ schema: string }>(
    `delete from releases
     where functions_schema <> $1
       and installed_at < now() - interval '1 day'
       and functions_schema not in (
         (select functions_schema from releases where live_at is not null order by live_at desc limit ${SCHEMAS_KEPT})
         union
         (select functions_schema from releases order by installed_at desc limit ${SCHEMAS_KEPT})
       )
     returning functions_schema as schema`,
    [current],
  )
  for (const { schema } of rows) await client.query(`drop schema if exists ${schema} cascade`)
}

/** Drops the functions of all releases; call it before dropping the tables. */
export async function dropFunctions(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ schema: string }>(
    `select nspname as schema from pg_namespace where nspname ~ '^fn_[0-9a-f]{12}$'`,
  )
  for (const { schema } of rows) await client.query(`drop schema ${schema} cascade`)
}
