import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { plainEnv } from './plain-env.ts'

const ROOT = join(import.meta.dirname, '..')

/** Returns a function that runs git in a checkout and returns its output. */
export const gitIn =
  (root: string) =>
  (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

/** Runs git in this checkout. Returns its output. */
export const git = gitIn(ROOT)

/** Returns the short hash of HEAD, which is the tag of a version. */
export const commitNow = (): string => git('rev-parse', '--short=12', 'HEAD')

/**
 * Returns the previous release, if the live one is unknown: the highest version tag before HEAD, or without tags its first
 * parent (for a merge commit of a pull request, the target branch).
 */
export function releaseBefore(runGit = git): string {
  const tag = runGit('tag', '--list', 'v*', '--merged', 'HEAD^', '--sort=-version:refname').split('\n')[0]
  return tag || runGit('rev-parse', '--short=12', 'HEAD^')
}

/**
 * Returns whether a checkout is older than the baseline of the migrations. Its tables were never released, so nothing is compared
 * with it.
 */
export const isBeforeBaseline = (folder: string): boolean => !existsSync(join(folder, 'sql/functions'))

/** A checkout of another commit, with its packages. */
export type Checkout = { folder: string; remove(): Promise<void> }

/** Checks a commit out into a new folder. Links our packages if package-lock.json is the same, else installs them. */
export async function checkOut(commit: string): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-commit-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    // Postgres may run as another OS user and must read its files there.
    await chmod(folder, 0o755)
    const archive = join(folder, '.archive.tar')
    git('archive', '--output', archive, commit)
    await promisify(execFile)('tar', ['-xf', archive, '-C', folder])
    await rm(archive)
    await addPackages(folder)
    return { folder, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function addPackages(folder: string): Promise<void> {
  const lock = (root: string) => readFile(join(root, 'package-lock.json'), 'utf8')
  if ((await lock(folder)) === (await lock(ROOT))) {
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    return
  }
  await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: plainEnv(),
    maxBuffer: 1 << 26,
  })
}
