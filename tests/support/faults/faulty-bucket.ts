import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/**
 * Request header that makes the bucket fail: the name of the operation that throws, or `body` for an object whose body
 * cannot be read. `images` makes Images fail instead.
 */
export const BUCKET_FAULT_HEADER = 'x-test-bucket-breaks'

const WRAPPER = `
const faultyBucket = (bucket, operation) =>
  new Proxy(bucket, {
    get: (target, name) =>
      operation === 'body' && name === 'get' ? async () => ({ get body() { throw new TypeError('torn') } }) :
      name === operation ? async () => { throw new Error('put: Unspecified error (0)') } : target[name].bind(target),
  })

const failing = async () => { throw new Error('Images is down') }
const withoutImages = { input: () => ({ transform: () => ({ output: failing }) }), info: failing }

const withFaults = (site) => ({
  ...site,
  fetch(request, env, execution) {
    const operation = request.headers.get('${BUCKET_FAULT_HEADER}')
    const faulty =
      operation === 'images' ? { IMAGES: withoutImages } :
      operation ? { AVATARS: faultyBucket(env.AVATARS, operation) } : {}
    return site.fetch(request, operation ? { ...env, ...faulty } : env, execution)
  },
})
`

/** Copies the built Worker and wraps its bucket so that it can fail; returns the folder. */
export async function makeFaultyBucketWorker(workerDir: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-faulty-bucket-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  await cp(workerDir, folder, { recursive: true })
  const entry = join(folder, 'index.js')
  const built = await readFile(entry, 'utf8')
  const wrapped = built.replace(/\bexport\s*\{\s*([\w$]+) as default\s*\}/, `${WRAPPER}export default withFaults($1)`)
  if (wrapped === built) throw new Error('The built Worker has no default export.')
  await writeFile(entry, wrapped)
  return folder
}
