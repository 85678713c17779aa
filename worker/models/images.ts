import * as z from 'zod/mini'
import { AppError } from '../contract/app-error.ts'
import type { AttachedImage } from '../contract/image.ts'
import type { Db } from '../db/client.ts'
import { readFunction, writeFunction } from '../db/query.ts'
import type { Viewer } from '../viewer.ts'
import type { EncodedImage } from './encode-image.ts'
import { isUuid } from './paging.ts'

export const createImageFunction = writeFunction({
  name: 'create_image',
  params: { viewer_sub: 'text', width: 'integer', height: 'integer', placeholder: 'text' },
  row: z.object({ uuid: z.string(), created_at: z.string() }),
  requiresViewer: true,
})
export const deleteImageFunction = writeFunction({
  name: 'delete_image',
  params: { viewer_sub: 'text', image_uuid: 'uuid' },
  row: z.object({}),
  requiresViewer: true,
})
export const readActivityImageRemovals = readFunction({
  name: 'read_activity_image_removals',
  params: { batch_size: 'integer' },
  row: z.object({ image_uuid: z.string() }),
})
export const noteActivityImagesRemoved = writeFunction({
  name: 'note_activity_images_removed',
  params: { image_uuids: 'uuid[]' },
  row: z.object({}),
})

/** Key of an image in the bucket. */
export const imageObjectKey = (uuid: string) => `images/${uuid}`

/** How long an image may stay unattached, in ms. */
const UNATTACHED_MS = 3_600_000

/**
 * Creates the row of an image. Call it before its object is stored: then every object has a row, whatever fails. Returns the
 * image's uuid, and until when it may stay unattached (Unix time in ms).
 */
export async function createImage(
  db: Db,
  viewer: Viewer,
  { width, height, placeholder }: Omit<EncodedImage, 'webp'>,
): Promise<{ uuid: string; endsAt: number }> {
  const row = await db.writeOne(createImageFunction, { viewer_sub: viewer.sub, width, height, placeholder })
  if (!row) throw new AppError('internal')
  return { uuid: row.uuid, endsAt: Date.parse(row.created_at) + UNATTACHED_MS }
}

/** Deletes the row of the viewer's own image. @throws AppError not_found; image_attached. */
export async function deleteImage(db: Db, viewer: Viewer, uuid: string): Promise<void> {
  if (!isUuid(uuid)) throw new AppError('not_found')
  await db.write(deleteImageFunction, { viewer_sub: viewer.sub, image_uuid: uuid })
}

/** Returns the parameters of a SQL function for the images to attach. */
export const imageValues = (images: AttachedImage[] = []) => ({
  image_uuids: images.map(({ uuid }) => uuid),
  alts: images.map(({ alt }) => alt),
})

/** Returns the uuids of at most `batch_size` images whose objects must be deleted from the bucket. */
export async function imagesToRemove(db: Db, batch_size: number): Promise<string[]> {
  const rows = await db.read(readActivityImageRemovals, { batch_size })
  return rows.map(({ image_uuid }) => image_uuid)
}

/** Records that the objects of these images were deleted from the bucket. */
export async function noteImagesRemoved(db: Db, image_uuids: string[]): Promise<void> {
  await db.write(noteActivityImagesRemoved, { image_uuids })
}
