import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { WORKER_ROLE } from './roles.ts'
import { withConnection } from './with-connection.ts'

/** Name and password of a Worker's database role. */
export interface WorkerLogin {
  user: string
  password: string
}

/** Returns a login with a new password. It is named after the database, since roles belong to the whole cluster. */
export function newWorkerLogin(url: string): WorkerLogin {
  const database = decodeURIComponent(new URL(url).pathname.slice(1))
  // Postgres truncates names to 63 bytes.
  const user = `${WORKER_ROLE}_${database.replace(/\W/g, '_')}`.slice(0, 63)
  return { user, password: randomBytes(24).toString('hex') }
}

/**
 * Creates the role of a login, or changes its password, and adds it to WORKER_ROLE. The owner of a migrated database must call it,
 * with the right to create roles.
 */
export async function ensureWorkerLogin(url: string, { user, password }: WorkerLogin): Promise<void> {
  const role = pg.escapeIdentifier(user)
  await withConnection(url, async (client) => {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [user])
    if (rowCount === 0) await client.query(`create role ${role}`)
    await client.query(`alter role ${role} login password ${pg.escapeLiteral(password)}`)
    await client.query(`grant ${WORKER_ROLE} to ${role}`)
  })
}

/** Returns a database URL with this login instead of the owner's. */
export const urlWithLogin = (url: string, { user, password }: WorkerLogin): string =>
  Object.assign(new URL(url), { username: user, password }).href
