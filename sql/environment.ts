import type pg from 'pg'
import { createOwnerOnlyTable, hasTable } from './owner-only-table.ts'
import { lockSchema } from './schema-lock.ts'
import { inTransaction, withConnection } from './with-connection.ts'

/** Marks that a database may have in table database_environment; without a mark it is a development database. */
const ENVIRONMENTS = ['staging', 'production'] as const
export type Environment = (typeof ENVIRONMENTS)[number]

/** A command that was refused, with a one-line reason. */
export class RefusedError extends Error {
  override name = 'RefusedError'
}

/** Parses the value of `--environment`. @throws RefusedError for an unknown environment. */
export function toEnvironment(text: string | undefined): Environment | undefined {
  const found = ENVIRONMENTS.find((environment) => environment === text)
  if (text !== undefined && !found) throw new RefusedError(`--environment is ${ENVIRONMENTS.join(' or ')}.`)
  return found
}

/** What a command does to the database. */
export type Effect = 'reads' | 'migrates' | 'destroys'

/** What is known about the database of a command. */
export interface TargetState {
  isLoopback: boolean
  /** The database's mark. */
  marked: Environment | null
  /** The value of --environment. */
  requested: Environment | undefined
}

/**
 * Checks that a command may run on a database. Decided by the database's mark, since the host proves nothing: through a tunnel,
 * production has a loopback address too.
 * @throws RefusedError otherwise.
 */
export function assertAllowed(effect: Effect, { isLoopback, marked, requested }: TargetState): void {
  if (marked && requested && marked !== requested) {
    throw new RefusedError(`This database is ${marked}, not ${requested}.`)
  }
  if (effect === 'reads') return
  if (effect === 'destroys' && (marked === 'production' || requested === 'production')) {
    throw new RefusedError('Refused: this would delete production data.')
  }
  if (effect === 'destroys' && marked === null && (requested || !isLoopback)) {
    throw new RefusedError(
      'This database has no environment mark: run npm run db:migrate -- --environment staging first.',
    )
  }
  if (!requested && (marked || !isLoopback)) {
    const names = effect === 'destroys' ? 'staging' : ENVIRONMENTS.join(' or ')
    throw new RefusedError(`This database may be a remote one: add --environment ${names}.`)
  }
}

/** Returns the mark of a database; null without one. */
export async function readMark(url: string): Promise<Environment | null> {
  return withConnection(url, async (client) =>
    (await hasTable(client, 'database_environment')) ? selectMark(client) : null,
  )
}

/** Marks a database as an environment, for good. @throws RefusedError if it has another mark. */
export async function writeMark(url: string, environment: Environment): Promise<void> {
  await withConnection(url, (client) => inTransaction(client, () => insertMark(client, environment)))
}

/** Like writeMark, within a transaction of the caller. */
export async function insertMark(client: pg.Client, environment: Environment): Promise<void> {
  await lockSchema(client)
  const columns = 'name text primary key, alone boolean not null default true unique check (alone)'
  await createOwnerOnlyTable(client, 'database_environment', columns)
  await client.query('insert into database_environment (name) values ($1) on conflict do nothing', [environment])
  const marked = await selectMark(client)
  if (marked !== environment) throw new RefusedError(`This database is ${marked}, not ${environment}.`)
}

async function selectMark(client: pg.Client): Promise<Environment | null> {
  const { rows } = await client.query<{ name: Environment }>('select name from database_environment')
  return rows[0]?.name ?? null
}
