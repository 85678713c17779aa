import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { plainEnv } from './plain-env.ts'

const ROOT = join(import.meta.dirname, '..')

/** Asks git of a checkout. */
export const gitIn =
  (root: string) =>
  (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

/** Asks git of this one. */
export const git = gitIn(ROOT)

/** The commit that is checked out, as versions are tagged with it. */
export const commitNow = (): string => git('rev-parse', '--short=12', 'HEAD')

/**
 * What stands for the release before, where nothing tells what is live: the newest tag v… before this commit, or, as long as
 * there is none, its first parent (of a pull request, what it is to be merged into).
 */
export function releaseBefore(ask = git): string {
  const tag = ask('tag', '--list', 'v*', '--merged', 'HEAD^', '--sort=-version:refname').split('\n')[0]
  return tag || ask('rev-parse', '--short=12', 'HEAD^')
}

/**
 * Whether a checkout is from before the baseline of the migrations, when a database had other tables: no release ever had those,
 * so nothing is compared with it.
 */
export const isBeforeBaseline = (folder: string): boolean => !existsSync(join(folder, 'sql/functions'))

/** Another commit's files, with the packages that it names. */
export type Checkout = { folder: string; remove(): Promise<void> }

/** Lays a commit's files into a folder of its own. Packages are shared when they are the same, else installed. */
export async function checkOut(commit: string): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-commit-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    // Postgres runs as somebody else, and must be able to read its own files there.
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
