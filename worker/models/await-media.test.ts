import { expect, test } from 'vitest'
import { awaitBucket, awaitImages } from './await-media.ts'

const never = new Promise<never>(() => {})
const unavailable = expect.objectContaining({ status: 503 })

test('returns what answers in time', async () => {
  expect(await awaitImages(Promise.resolve(1))).toBe(1)
  expect(await awaitBucket(Promise.resolve(null))).toBeNull()
})

test('the bucket is unavailable if it fails or hangs', async () => {
  await expect(awaitBucket(Promise.reject(new Error('put: Unspecified error (0)')))).rejects.toEqual(unavailable)
  await expect(awaitBucket(never, 5)).rejects.toEqual(unavailable)
})

test('Images is unavailable if it hangs; its other errors may mean a damaged file', async () => {
  const error = new Error('IMAGES_TRANSFORM_ERROR 9412')
  await expect(awaitImages(Promise.reject(error))).rejects.toBe(error)
  await expect(awaitImages(never, 5)).rejects.toEqual(unavailable)
})
