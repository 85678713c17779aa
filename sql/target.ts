import { join } from 'node:path'
import pg from 'pg'
import { borrowPostgres } from '../local/postgres.ts'
import { isLoopbackHost, readSettings, type Settings } from '../local/settings.ts'
import { assertAllowed, type Effect, type Environment, RefusedError, readMark } from './environment.ts'

/** The database of a command. */
export interface Target {
  url: string
  /** Host, port and name for output, without user and password. */
  label: string
  /** Its mark; null without one. */
  marked: Environment | null
  /** Its mark, else 'development' on a loopback address, else 'unknown'. */
  environmentLabel: string
  /** Folder of what `npm start` keeps, for its own database; else null. */
  stateDir: string | null
  close(): Promise<void>
}

/**
 * Opens the database of `DATABASE_URL`, else that of `npm start` (for `PORT`), which it starts if needed.
 * @throws RefusedError if the command must not run on it, or if an environment is given without `DATABASE_URL`.
 */
export async function openTarget(env: NodeJS.ProcessEnv, effect: Effect, requested?: Environment): Promise<Target> {
  const settings = readSettings(env)
  // --environment is meant for a remote database, and would mark the local one for good.
  if (requested && settings.database.kind === 'local') {
    throw new RefusedError(`DATABASE_URL is not set: --environment ${requested} is for the database that it names.`)
  }
  const found = await findDatabase(settings)
  try {
    const { host, port, database } = new pg.Client({ connectionString: found.url })
    // The host as the driver parses it: a URL can name another host in its query string.
    const isLoopback = isLoopbackHost(host)
    const marked = await readMark(found.url)
    assertAllowed(effect, { isLoopback, marked, requested })
    const environmentLabel = marked ?? (isLoopback ? 'development' : 'unknown')
    return { ...found, label: `${host}:${port}/${database}`, marked, environmentLabel }
  } catch (error) {
    await found.close()
    throw error
  }
}

async function findDatabase({ database, stateDir }: Settings): Promise<Pick<Target, 'url' | 'stateDir' | 'close'>> {
  if (database.kind === 'local') {
    const { url, stop } = await borrowPostgres(join(stateDir, 'postgres'))
    return { url, stateDir, close: stop }
  }
  if (new URL(database.url).hostname.includes('-pooler.')) {
    throw new RefusedError('DATABASE_URL is the pooled URL: take the direct one, without "-pooler".')
  }
  return { url: database.url, stateDir: null, close: async () => {} }
}
