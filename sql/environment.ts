import type pg from 'pg'
import { connected, inTransaction } from './connected.ts'
import { hasTable, makeOwnTable } from './own-table.ts'
import { takeTurn } from './take-turn.ts'

/** What a database may be, as it says itself; one that says nothing is a development's. */
const ENVIRONMENTS = ['staging', 'production'] as const
export type Environment = (typeof ENVIRONMENTS)[number]

/** Why a command was not run against a database, in one line. */
export class RefusedError extends Error {
  override name = 'RefusedError'
}

/** What `--environment` names. Throws `RefusedError` for anything else. */
export function toEnvironment(text: string | undefined): Environment | undefined {
  const found = ENVIRONMENTS.find((environment) => environment === text)
  if (text !== undefined && !found) throw new RefusedError(`--environment is ${ENVIRONMENTS.join(' or ')}.`)
  return found
}

/** What a command does to the database. */
export type Effect = 'reads' | 'migrates' | 'destroys'

/** What is known of the database that a command is meant for. */
export interface Standing {
  isLoopback: boolean
  /** What the database says it is. */
  marked: Environment | null
  /** What the person says it is. */
  asked: Environment | undefined
}

/**
 * Throws `RefusedError` unless the command may run. The mark in the database decides, since an address proves
 * nothing: through a tunnel production is on this machine too.
 */
export function assertAllowed(effect: Effect, { isLoopback, marked, asked }: Standing): void {
  if (marked && asked && marked !== asked) {
    throw new RefusedError(`This database is ${marked}, not ${asked}.`)
  }
  if (effect === 'reads') return
  if (effect === 'destroys' && (marked === 'production' || asked === 'production')) {
    throw new RefusedError('This would destroy what is in production.')
  }
  if (effect === 'destroys' && marked === null && (asked || !isLoopback)) {
    throw new RefusedError('This database does not say what it is: npm run db:migrate -- --environment staging first.')
  }
  if (!asked && (marked || !isLoopback)) {
    const names = effect === 'destroys' ? 'staging' : ENVIRONMENTS.join(' or ')
    throw new RefusedError(`This database is not this machine's alone: say --environment ${names}.`)
  }
}

/** What the database says it is. */
export async function readMark(url: string): Promise<Environment | null> {
  return connected(url, async (client) =>
    (await hasTable(client, 'database_environment')) ? selectMark(client) : null,
  )
}

/** Lets a database say what it is, from now on. */
export async function writeMark(url: string, environment: Environment): Promise<void> {
  await connected(url, (client) => inTransaction(client, () => mark(client, environment)))
}

/** The same, within a transaction. */
export async function mark(client: pg.Client, environment: Environment): Promise<void> {
  await takeTurn(client)
  const columns = 'name text primary key, alone boolean not null default true unique check (alone)'
  await makeOwnTable(client, 'database_environment', columns)
  await client.query('insert into database_environment (name) values ($1) on conflict do nothing', [environment])
  const marked = await selectMark(client)
  if (marked !== environment) throw new RefusedError(`This database is ${marked}, not ${environment}.`)
}

async function selectMark(client: pg.Client): Promise<Environment | null> {
  const { rows } = await client.query<{ name: Environment }>('select name from database_environment')
  return rows[0]?.name ?? null
}
