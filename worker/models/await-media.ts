import { AppError } from '../contract/app-error.ts'

/** Timeout of a call to the bucket (R2), or of one step of Images, in ms. */
const TIMEOUT_MS = 10_000

/** Awaits a step of Cloudflare Images. @throws AppError pictures_unavailable if it does not answer in time. */
export async function awaitImages<T>(step: Promise<T>, timeoutMs = TIMEOUT_MS): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    const fail = () =>
      reject(new AppError('pictures_unavailable', { cause: new Error(`no answer in ${timeoutMs} ms`) }))
    timer = setTimeout(fail, timeoutMs)
  })
  try {
    return await Promise.race([step, timeout])
  } finally {
    clearTimeout(timer)
  }
}

/** Awaits a call to the bucket. @throws AppError pictures_unavailable if it fails, or does not answer in time. */
export async function awaitBucket<T>(call: Promise<T>, timeoutMs = TIMEOUT_MS): Promise<T> {
  try {
    return await awaitImages(call, timeoutMs)
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('pictures_unavailable', { cause: error })
  }
}
