import { wrapWorker } from './wrap-worker.ts'

/**
 * Request header that makes the bucket or Images fail. Its value is one of
 * - the name of the bucket's operation that throws; with `-late` it throws after it has done its work, with `-hang` it never answers
 * - `body`: an object's body cannot be read
 * - `images`: Images throws; `images-hang`: it never answers; `images-half`: what it returns breaks off; `images-once`: only the
 *   first image that it returns does
 */
export const BUCKET_FAULT_HEADER = 'x-test-bucket-breaks'

const WRAPPER = `
const fail = async () => { throw new Error('put: Unspecified error (0)') }
const hang = () => new Promise(() => {})

const faultyBucket = (bucket, fault) => {
  const [operation, how] = fault.split('-')
  return new Proxy(bucket, {
    get: (target, name) => {
      const work = target[name].bind(target)
      if (operation === 'body' && name === 'get') return async () => ({ get body() { throw new TypeError('torn') } })
      if (name !== operation) return work
      return how === 'hang' ? hang : how === 'late' ? (...args) => work(...args).then(fail) : fail
    },
  })
}

const torn = () => new ReadableStream({ pull(stream) {
  stream.enqueue(new Uint8Array(100))
  stream.error(new Error('Images broke off'))
} })
const returning = (output) => ({ transform: () => ({ output }) })
const half = async () => ({ response: () => new Response(torn()) })

const faultyImages = (images, how) => {
  const info = (bytes) => images.info(bytes)
  if (how === 'hang') return { info: hang, input: () => returning(hang) }
  if (how === 'half') return { info, input: () => returning(half) }
  if (how !== 'once') return { info: fail, input: () => returning(fail) }
  let broken = false
  return { info, input: (bytes) => {
    const first = !broken
    broken = true
    return first ? returning(half) : images.input(bytes)
  } }
}

const withFaults = (site) => ({
  ...site,
  fetch(request, env, execution) {
    const fault = request.headers.get('${BUCKET_FAULT_HEADER}')
    if (!fault) return site.fetch(request, env, execution)
    const [kind, how] = fault.split('-')
    const faulty = kind === 'images' ? { IMAGES: faultyImages(env.IMAGES, how) } : { AVATARS: faultyBucket(env.AVATARS, fault) }
    return site.fetch(request, { ...env, ...faulty }, execution)
  },
})
`

/** Copies the built Worker and wraps its bucket so that it can fail; returns the folder. */
export const makeFaultyBucketWorker = (workerDir: string): Promise<string> => wrapWorker(workerDir, WRAPPER)
