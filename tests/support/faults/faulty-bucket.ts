import { wrapWorker } from './wrap-worker.ts'

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
export const makeFaultyBucketWorker = (workerDir: string): Promise<string> => wrapWorker(workerDir, WRAPPER)
