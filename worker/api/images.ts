import { bodyLimit } from 'hono/body-limit'
import { requireUser } from '../auth/require.ts'
import { AppError } from '../contract/app-error.ts'
import { uploadedImage } from '../contract/image.ts'
import { IMAGE_MAX_BYTES } from '../contract/limits.ts'
import { newApp } from '../hono-env.ts'
import { imageUrl } from '../image-url.ts'
import { limitUploads } from '../middleware/rate-limits.ts'
import { awaitBucket } from '../models/await-media.ts'
import { encodeImage } from '../models/encode-image.ts'
import { createImage, deleteImage, imageObjectKey } from '../models/images.ts'
import { checkSessionOf } from '../models/sessions.ts'
import { removeImageObjects } from '../remove-image-objects.ts'
import { describe } from './describe.ts'

/** Bytes of a multipart body besides the file. */
const MULTIPART_EXTRA = 4_096

const tooLarge = () => new AppError([{ code: 'body_too_large', field: 'image' }])

const limit = bodyLimit({
  maxSize: IMAGE_MAX_BYTES + MULTIPART_EXTRA,
  onError: () => {
    throw tooLarge()
  },
})

/** Returns the bytes of the file: the body, or the field `image` of a form. @throws AppError body_too_large; bad_request. */
async function readFile(request: Request): Promise<ArrayBuffer> {
  const isForm = request.headers.get('content-type')?.toLowerCase().startsWith('multipart/form-data')
  const bytes = isForm ? await readField(request) : await request.arrayBuffer()
  if (bytes.byteLength > IMAGE_MAX_BYTES) throw tooLarge()
  return bytes
}

async function readField(request: Request): Promise<ArrayBuffer> {
  const form = await request.formData().catch((cause: unknown) => {
    throw new AppError([{ code: 'bad_request', field: 'image' }], { cause })
  })
  const file = form.get('image')
  if (!(file instanceof File)) throw new AppError([{ code: 'bad_request', field: 'image' }])
  return file.arrayBuffer()
}

/** Routes of /api/images: images that are uploaded before the activity that shows them. */
export const images = newApp()
  .post(
    '/',
    describe({
      summary: 'Upload an image for an activity; unless it is attached, it is deleted after an hour',
      answers: { 201: uploadedImage },
      errors: [
        'bad_request',
        'image_type_unsupported',
        'image_damaged',
        'image_too_many_pixels',
        'pictures_unavailable',
      ],
      // Also a form with the field `image`, which generated clients need not know.
      mediaTypes: ['image/*', 'application/octet-stream'],
    }),
    requireUser,
    limitUploads,
    limit,
    async (c) => {
      const { settings, db } = c.env
      const { viewer } = c.var
      // Check the session first: decoding an image costs more than a query.
      await checkSessionOf(db, viewer, c.env.browser)
      const { webp, width, height, placeholder } = await encodeImage(settings.images, await readFile(c.req.raw))
      // Create the row before the object: if storing fails, the cron deletes both after an hour.
      const { uuid, endsAt } = await createImage(db, viewer, { width, height, placeholder })
      const storing = settings.avatars.put(imageObjectKey(uuid), webp, { httpMetadata: { contentType: 'image/webp' } })
      await awaitBucket(storing)
      return c.json({ uuid, width, height, placeholder, url: await imageUrl(settings, uuid, endsAt) }, 201)
    },
  )
  .delete(
    '/:uuid',
    describe({
      summary: 'Delete one’s own image that is not attached to an activity',
      answers: { 204: null },
      errors: ['image_attached'],
    }),
    requireUser,
    async (c) => {
      const uuid = c.req.param('uuid').toLowerCase()
      await deleteImage(c.env.db, c.var.viewer, uuid)
      removeImageObjects(c.env, [uuid])
      return c.body(null, 204)
    },
  )
