import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { RefusedError } from './environment.ts'
import type { Target } from './target.ts'

/** Runs psql on the database. Returns its exit code. @throws RefusedError if psql is not installed. */
export async function connect({ url, label, environmentLabel }: Target, env: NodeJS.ProcessEnv): Promise<number> {
  // Leave Ctrl-C to psql, where it cancels a query.
  process.on('SIGINT', () => {})
  // %R and %x show an unfinished statement and a transaction, as in psql's default prompt.
  const prompt = `${environmentLabel}%R%x%# `
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

// As environment variables, since all users of a machine can read the arguments of its processes:
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
