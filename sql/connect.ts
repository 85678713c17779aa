import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { RefusedError } from './environment.ts'
import type { Target } from './target.ts'

/** Opens psql on the database. Resolves to its exit code. Throws `RefusedError` where there is no psql. */
export async function connect({ url, label, standing }: Target, env: NodeJS.ProcessEnv): Promise<number> {
  // A Ctrl-C is psql's: it ends a query.
  process.on('SIGINT', () => {})
  // %R tells of an open string or transaction, as psql's own prompt does.
  const prompt = `${standing}%R%x%# `
  const child = spawn('psql', [`--set=PROMPT1=${prompt}`, `--set=PROMPT2=${prompt}`], {
    stdio: 'inherit',
    env: { ...env, ...settingsOf(url) },
  })
  try {
    const [code] = (await once(child, 'exit')) as [number | null]
    return code ?? 1
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new RefusedError(`psql is not on this machine (package postgresql-client); the database is ${label}.`)
  }
}

// Not as arguments, which everybody on this machine can read:
// https://www.postgresql.org/docs/18/libpq-envars.html
function settingsOf(url: string): Record<string, string> {
  const { host, port, user, password, database } = new pg.Client({ connectionString: url })
  const { searchParams } = new URL(url)
  return {
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user ?? '',
    PGPASSWORD: typeof password === 'string' ? password : '',
    PGDATABASE: database ?? '',
    PGSSLMODE: searchParams.get('sslmode') ?? 'prefer',
    PGCHANNELBINDING: searchParams.get('channel_binding') ?? 'prefer',
  }
}
