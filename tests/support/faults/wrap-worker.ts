import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** The default export in the list at the end of a built Worker, which may also export Durable Object classes. */
const DEFAULT_EXPORT = /\bexport\s*\{([^}]*?)([\w$]+) as default,?([^}]*)\}/

/**
 * Copies the built Worker and puts its default export through `withFaults`, which the script `wrapper` defines. Returns the folder.
 */
export async function wrapWorker(workerDir: string, wrapper: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-wrapped-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  await cp(workerDir, folder, { recursive: true })
  const entry = join(folder, 'index.js')
  const built = await readFile(entry, 'utf8')
  const wrapped = built.replace(
    DEFAULT_EXPORT,
    (_, before, name, after) => `export{${before}${after}};${wrapper};export default withFaults(${name})`,
  )
  if (wrapped === built) throw new Error('The built Worker has no default export.')
  await writeFile(entry, wrapped)
  return folder
}
