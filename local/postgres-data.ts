import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PostgresHome } from './postgres-home.ts'
import { makeDataFolder } from './postgres-home.ts'
import { startStamp } from './process-identity.ts'

/** The superuser, which owns the database. */
export const SUPERUSER = 'cruddur'
const MAJOR_VERSION = '18'

/** Creates the data folder unless it exists. Throws for data of another major version. */
export async function initialise(home: PostgresHome): Promise<void> {
  const versionFile = join(home.dataDir, 'PG_VERSION')
  if (existsSync(versionFile)) {
    const version = readFileSync(versionFile, 'utf8').trim()
    if (version === MAJOR_VERSION) return
    throw new Error(`${home.dataDir} holds data of PostgreSQL ${version}, not ${MAJOR_VERSION}; move it away.`)
  }
  // Build it in another folder and move it when complete, so that an interrupted start leaves no incomplete data.
  const unfinished = `${home.dataDir}.new`
  const passwordFile = `${home.dataDir}.password`
  const password = randomBytes(18).toString('hex')
  rmSync(unfinished, { recursive: true, force: true })
  makeDataFolder(unfinished, home.user)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (home.user) chownSync(passwordFile, home.user.uid, home.user.gid)
  try {
    await runInitdb(home, unfinished, passwordFile)
    writeFileSync(join(unfinished, 'cruddur-password'), password, { mode: 0o600 })
    rmSync(home.dataDir, { recursive: true, force: true })
    renameSync(unfinished, home.dataDir)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(unfinished, { recursive: true, force: true })
  }
}

async function runInitdb(home: PostgresHome, dataDir: string, passwordFile: string): Promise<void> {
  const args = [
    `--pgdata=${dataDir}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sort by code points on every machine, as on Neon. Some extensions (pg_trgm) still use the C library, which knows
    // only ASCII letters in the plain C locale.
    `--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`,
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
    '--no-instructions',
  ]
  const child = spawn(join(home.bin, 'initdb'), args, { ...home.user, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  child.stdout.on('data', (chunk) => output.push(String(chunk)))
  child.stderr.on('data', (chunk) => output.push(String(chunk)))
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`initdb failed: ${lastLines(output)}`)
}

/** Returns the superuser's password, created together with the data. */
export function readPassword(dataDir: string): string {
  return readFileSync(join(dataDir, 'cruddur-password'), 'utf8')
}

/** Records that this process has started the server. */
export function writeOwner(dataDir: string): void {
  const owner = { pid: process.pid, stamp: startStamp(process.pid) }
  writeFileSync(join(dataDir, 'cruddur-owner.json'), JSON.stringify(owner))
}

/** Returns the pid of the process that started the server on this data; null if it has ended. */
export function findOwner(dataDir: string): number | null {
  try {
    const owner = JSON.parse(readFileSync(join(dataDir, 'cruddur-owner.json'), 'utf8')) as {
      pid: number
      stamp: string
    }
    return startStamp(owner.pid) === owner.stamp ? owner.pid : null
  } catch {
    return null
  }
}

/** Returns the last lines of a program's output as one line, for an error message. */
export function lastLines(output: string[]): string {
  return output.join('').trim().split('\n').slice(-3).join(' | ')
}
