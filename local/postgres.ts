import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { reapOnExit, stopReaping } from './child-reaper.ts'
import { assertPortFree, findFreePort } from './ports.ts'
import { findOwner, initialise, lastLines, readPassword, SUPERUSER, writeOwner } from './postgres-data.ts'
import type { PostgresHome } from './postgres-home.ts'
import { preparePostgresHome } from './postgres-home.ts'
import { commandLine, isAlive, signal, waitUntilGone } from './process-identity.ts'

const DATABASE = 'cruddur'
const MAX_CONNECTIONS = 120
const READY = 'database system is ready to accept connections'

/** Options of the local PostgreSQL. */
export interface PostgresOptions {
  /** Data folder, kept between runs; without it a temporary folder, which `stop` removes. */
  dataDir?: string
  /** Port on 127.0.0.1; 0 picks a free one. */
  port: number
  /** False for tests: no fsync, which is faster but may lose data in a power cut. */
  durable: boolean
  /** More settings, as `name=value`. */
  settings?: string[]
  /** Called with the server's log output. */
  log?: (line: string) => void
}

/** A running PostgreSQL. `url` holds the password: it opens the database `cruddur` as its superuser. */
export interface Postgres {
  url: string
  port: number
  dataDir: string
  /** Resolves when the server has ended, by `stop` or unexpectedly. */
  ended: Promise<void>
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL 18 on 127.0.0.1 and creates the database unless it exists. Stops a stale server of an earlier run on the
 * same data first.
 *
 * Throws `PortTakenError` if the port is in use, and an error with a one-line message if another run uses the data or the
 * server does not start.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const home = preparePostgresHome(options.dataDir)
  const removeTemporary = () => {
    if (options.dataDir === undefined) rmSync(home.dataDir, { recursive: true, force: true })
  }
  let stop = async () => removeTemporary()
  try {
    await stopLeftover(home.dataDir)
    await initialise(home)
    const { server, port } = await launch(home, options)
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
    stop = async () => {
      await stopServer(server, ended, options.durable)
      removeTemporary()
    }
    const url = urlOf(home.dataDir, port)
    await createDatabase(url)
    return { url, port, dataDir: home.dataDir, ended, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Returns the server of a data folder: that of a running `npm start`, which `stop` does not stop, or else a new one.
 */
export async function borrowPostgres(dataDir: string): Promise<Pick<Postgres, 'url' | 'stop'>> {
  const home = preparePostgresHome(dataDir)
  const pidFile = join(home.dataDir, 'postmaster.pid')
  const isRunning = existsSync(pidFile) && findOwner(home.dataDir) !== null
  if (!isRunning) return startPostgres({ dataDir, port: 0, durable: true })
  // Line 4 is the port: https://www.postgresql.org/docs/18/storage-file-layout.html
  const port = Number(readFileSync(pidFile, 'utf8').split('\n')[3])
  return { url: urlOf(home.dataDir, port), stop: async () => {} }
}

function urlOf(dataDir: string, port: number): string {
  return `postgres://${SUPERUSER}:${readPassword(dataDir)}@127.0.0.1:${port}/${DATABASE}`
}

async function stopLeftover(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  const isOurs = pid > 0 && isAlive(pid) && commandLine(pid).includes(dataDir)
  if (!isOurs) {
    rmSync(pidFile, { force: true })
    return
  }
  const owner = findOwner(dataDir)
  if (owner !== null) throw new Error(`The database in ${dataDir} is in use by process ${owner}.`)
  signal(pid, 'SIGINT')
  if (await waitUntilGone(pid, 10_000)) return
  signal(pid, 'SIGQUIT')
  await waitUntilGone(pid, 5_000)
}

async function launch(home: PostgresHome, options: PostgresOptions): Promise<{ server: ChildProcess; port: number }> {
  const isFixed = options.port !== 0
  // A port that was free may be taken a moment later, so try several.
  for (let attempt = 1; ; attempt += 1) {
    const port = isFixed ? options.port : await findFreePort()
    if (isFixed) await assertPortFree(port, 'Postgres')
    try {
      return { server: await spawnServer(home, port, options), port }
    } catch (error) {
      if (isFixed || attempt === 5) throw error
    }
  }
}

async function spawnServer(home: PostgresHome, port: number, options: PostgresOptions): Promise<ChildProcess> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `max_connections=${MAX_CONNECTIONS}`,
    'timezone=UTC',
    'log_timezone=UTC',
    'lc_messages=C',
    'jit=off',
    ...(options.durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
    ...(options.settings ?? []),
  ]
  const args = ['-D', home.dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  // Detached: Ctrl-C reaches only this process, which stops the database last.
  const server = spawn(join(home.bin, 'postgres'), args, {
    ...home.user,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const pid = server.pid as number
  reapOnExit({ pid, signal: 'SIGINT', ...(options.dataDir === undefined && { remove: home.dataDir }) })
  server.once('exit', () => stopReaping(pid))
  writeOwner(home.dataDir)

  const output: string[] = []
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`Postgres did not start: ${lastLines(output)}`)))
    server.stderr?.on('data', (chunk) => {
      const text = String(chunk)
      output.push(text)
      if (output.length > 50) output.shift()
      options.log?.(text.trimEnd())
      if (text.includes(READY)) resolve()
    })
  })
  return server
}

async function stopServer(server: ChildProcess, ended: Promise<void>, durable: boolean): Promise<void> {
  // SIGINT ends sessions and writes a checkpoint; SIGQUIT exits at once, which suffices for test data.
  server.kill(durable ? 'SIGINT' : 'SIGQUIT')
  const patience = setTimeout(() => server.kill('SIGQUIT'), 10_000)
  await ended
  clearTimeout(patience)
}

async function createDatabase(url: string): Promise<void> {
  const maintenance = new URL(url)
  maintenance.pathname = '/postgres'
  const client = new pg.Client({ connectionString: maintenance.href })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}
