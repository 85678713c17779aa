import { join } from 'node:path'
import { checkOut, git } from '../../release/git.ts'
import { type Built, build } from './build.ts'
import { openStack, type Stack } from './stack.ts'

/** The code of a commit that the bench needs: how to build it, and how to fill its database. */
export type Commit = {
  /** Short hash, or `here` for this checkout. */
  name: string
  /** Folder of its files. */
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
 * Writes another commit's files to a temporary folder and loads its tests/bench/build.ts and stack.ts, with its migrations,
 * rows and local services. The code that measures and reports is that of this checkout.
 * @throws Error if git does not know the commit, or these two files lack the exports.
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
