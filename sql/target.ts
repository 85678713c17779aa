import { join } from 'node:path'
import pg from 'pg'
import { borrowPostgres } from '../local/postgres.ts'
import { isLoopbackHost, readSettings, type Settings } from '../local/settings.ts'
import { assertAllowed, type Effect, type Environment, RefusedError, readMark } from './environment.ts'

/** The database that a command works on. */
export interface Target {
  url: string
  /** How it is called on the screen: never with its user or password. */
  label: string
  /** What it says it is. */
  marked: Environment | null
  /** The same in a word, also where it says nothing. */
  standing: string
  /** Where the accounts of `npm start` are kept, if the database is its. */
  accountsFile: string | null
  close(): Promise<void>
}

/**
 * Opens the database of `DATABASE_URL`, or else the one of `npm start` (of `PORT`'s), whether that runs or not. Throws
 * `RefusedError` when the command must not be run on it, and when an environment is asked for without `DATABASE_URL`.
 */
export async function openTarget(env: NodeJS.ProcessEnv, effect: Effect, asked?: Environment): Promise<Target> {
  const settings = readSettings(env)
  // Whoever says it means a database elsewhere, and ours would be marked for good.
  if (asked && settings.database.kind === 'local') {
    throw new RefusedError(`DATABASE_URL is not set: --environment ${asked} is for the database that it names.`)
  }
  const found = await find(settings)
  try {
    const { host, port, database } = new pg.Client({ connectionString: found.url })
    // As the driver reads it, since an address can name another host behind its `?`.
    const isLoopback = isLoopbackHost(host)
    const marked = await readMark(found.url)
    assertAllowed(effect, { isLoopback, marked, asked })
    const standing = marked ?? (isLoopback ? 'development' : 'unknown')
    return { ...found, label: `${host}:${port}/${database}`, marked, standing }
  } catch (error) {
    await found.close()
    throw error
  }
}

async function find({ database, stateDir }: Settings): Promise<Pick<Target, 'url' | 'accountsFile' | 'close'>> {
  if (database.kind === 'local') {
    const { url, stop } = await borrowPostgres(join(stateDir, 'postgres'))
    return { url, accountsFile: join(stateDir, 'cognito.json'), close: stop }
  }
  if (new URL(database.url).hostname.includes('-pooler.')) {
    throw new RefusedError('DATABASE_URL is the pooled address: take the direct one, without "-pooler".')
  }
  return { url: database.url, accountsFile: null, close: async () => {} }
}
