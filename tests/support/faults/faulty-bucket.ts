import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/**
 * A header that only this Worker knows: the operation of the bucket that fails while the request is served, or `body`: what it
 * finds cannot be read at all.
 */
export const BUCKET_FAULT_HEADER = 'x-test-bucket-breaks'

const BREAKING = `
const breaking = (bucket, operation) =>
  new Proxy(bucket, {
    get: (target, name) =>
      operation === 'body' && name === 'get' ? async () => ({ get body() { throw new TypeError('torn') } }) :
      name === operation ? async () => { throw new Error('put: Unspecified error (0)') } : target[name].bind(target),
  })

const frail = (site) => ({
  ...site,
  fetch(request, env, execution) {
    const operation = request.headers.get('${BUCKET_FAULT_HEADER}')
    return site.fetch(request, operation ? { ...env, AVATARS: breaking(env.AVATARS, operation) } : env, execution)
  },
})
`

/** The built Worker with a bucket that can be made to fail; answers where it lies. */
export async function makeFaultyBucketWorker(workerDir: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-frail-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  await cp(workerDir, folder, { recursive: true })
  const entry = join(folder, 'index.js')
  const built = await readFile(entry, 'utf8')
  const frail = built.replace(/\bexport\s*\{\s*([\w$]+) as default\s*\}/, `${BREAKING}export default frail($1)`)
  if (frail === built) throw new Error('The built Worker has no default export.')
  await writeFile(entry, frail)
  return folder
}
