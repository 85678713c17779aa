import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { connected } from './connected.ts'
import { WORKER_ROLE } from './roles.ts'

/** Name and password of the role that a Worker signs in as. */
export interface WorkerLogin {
  user: string
  password: string
}

/** A login for the Workers of a database, with a new password. Roles belong to the whole cluster, so it is named after the database. */
export function newWorkerLogin(url: string): WorkerLogin {
  const database = decodeURIComponent(new URL(url).pathname.slice(1))
  // Postgres cuts names at 63 bytes.
  const user = `${WORKER_ROLE}_${database.replace(/\W/g, '_')}`.slice(0, 63)
  return { user, password: randomBytes(24).toString('hex') }
}

/**
 * Makes the role of a login, or gives it this password: a member of the Worker's group, which may execute entry functions and
 * touch no table. To be called by the owner of a migrated database, who may create roles.
 */
export async function ensureWorkerLogin(url: string, { user, password }: WorkerLogin): Promise<void> {
  const role = pg.escapeIdentifier(user)
  await connected(url, async (client) => {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [user])
    if (rowCount === 0) await client.query(`create role ${role}`)
    await client.query(`alter role ${role} login password ${pg.escapeLiteral(password)}`)
    await client.query(`grant ${WORKER_ROLE} to ${role}`)
  })
}

/** An address with this login in place of the owner's. */
export const addressWithLogin = (url: string, { user, password }: WorkerLogin): string =>
  Object.assign(new URL(url), { username: user, password }).href
