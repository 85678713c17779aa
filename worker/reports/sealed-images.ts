import type { RequestContext } from '../context.ts'
import { AppError } from '../contract/app-error.ts'
import type { Env } from '../env.ts'
import { awaitBucket } from '../models/await-media.ts'
import { imageObjectKey } from '../models/images.ts'
import { reportError } from '../observe/report.ts'
import { openBytes, sealBytes } from './evidence.ts'

/**
 * Copies images, encrypted, to the objects that a report's row names. Returns whether all are there: one that ended meanwhile cannot
 * be copied, nor any while the bucket is unavailable. Never throws, since a report without images is better than none.
 */
export async function sealImages(context: RequestContext, images: string[], copies: string[]): Promise<boolean> {
  const copied = await Promise.all(
    copies.map((copy, index) =>
      copyImage(context.settings, images[index] ?? '', copy).catch((error: unknown) => {
        reportError(error, context)
        return false
      }),
    ),
  )
  return !copied.includes(false)
}

async function copyImage(env: Env, image: string, copy: string): Promise<boolean> {
  if (await isStored(env, copy)) return true
  const object = await awaitBucket(env.avatars.get(imageObjectKey(image)))
  if (!object) return false
  const sealed = await sealBytes(env, await awaitBucket(object.arrayBuffer()), copy)
  await awaitBucket(env.avatars.put(imageObjectKey(copy), sealed))
  return true
}

/** Returns whether the copy of an image was stored. @throws AppError pictures_unavailable. */
export const isStored = async (env: Env, copy: string): Promise<boolean> =>
  (await awaitBucket(env.avatars.head(imageObjectKey(copy)))) !== null

/** Decrypts the copy of an image. @throws AppError not_found if it was not stored; pictures_unavailable. */
export async function openImage(env: Env, copy: string): Promise<ArrayBuffer> {
  const object = await awaitBucket(env.avatars.get(imageObjectKey(copy)))
  if (!object) throw new AppError('not_found')
  return openBytes(env, await awaitBucket(object.arrayBuffer()), copy)
}
