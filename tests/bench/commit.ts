import { join } from 'node:path'
import { checkOut, git } from '../../release/git.ts'
import { type Built, build } from './build.ts'
import { openStack, type Stack } from './stack.ts'

/** A commit as far as the bench needs its own code: to build it, and to fill the database that it runs on. */
export type Commit = {
  /** Its short hash, or `here` for the files of this checkout. */
  name: string
  /** The folder of its files. */
  root: string
  build(): Promise<Built>
  openStack(): Promise<Stack>
  remove(): Promise<void>
}

export const THIS_COMMIT: Commit = {
  name: 'here',
  root: join(import.meta.dirname, '../..'),
  build,
  openStack,
  remove: async () => {},
}

/**
 * Lays another commit's files into a temporary folder and loads its own tests/bench/build.ts and stack.ts, which bring its
 * migrations, rows and stand-ins. Measuring and reporting stay ours.
 * @throws Error if git does not know it, or these two files are not there or export something else.
 */
export async function checkOutCommit(commit: string): Promise<Commit> {
  const hash = git('rev-parse', '--short=12', `${commit}^{commit}`)
  const { folder, remove } = await checkOut(hash)
  try {
    const load = (name: string): Promise<Record<string, unknown>> => import(join(folder, 'tests/bench', name))
    const { build } = await load('build.ts')
    const { openStack } = await load('stack.ts')
    if (!isBuild(build) || !isOpenStack(openStack)) throw new Error(`${hash} has no tests/bench that can be compared.`)
    return { name: hash, root: folder, build, openStack, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

const isBuild = (value: unknown): value is Commit['build'] => typeof value === 'function'
const isOpenStack = (value: unknown): value is Commit['openStack'] => typeof value === 'function'
