import { redirect } from 'react-router'
import type { UploadedImage } from '../../worker/contract/image.ts'
import { IMAGES_MAX } from '../../worker/contract/limits.ts'
import { type Api, ApiError, hasCode, read } from '../net/api.ts'
import { field } from './field.ts'
import { imagesIn, PLAIN_FIELD_NAME } from './form-images.ts'
import { idempotencyHeaders, PRECOMPUTED_KEY_FIELD } from './idempotency-key.ts'

/** Uploads the files that were chosen in a form without script, then runs its write (see withUploads). */
export async function uploadAndWrite<T>(api: Api, form: FormData, back: string, write: () => Promise<T>) {
  // Before the upload: a form that is submitted twice uploads its files twice, but has one key.
  const { headers } = await idempotencyHeaders(form)
  if (headers) form.set(PRECOMPUTED_KEY_FIELD, headers['Idempotency-Key'])
  await uploadFiles(api, form)
  try {
    return await write()
  } catch (error) {
    // The first submission was accepted, with its own upload of the same files.
    if (hasCode(error, 'idempotency_key_reused')) return redirect(back, 303)
    throw error
  }
}

/**
 * Uploads the files of a form (`file_0` and so on) and writes them into its field `images`, after those of an
 * earlier submission. One after the other: four at once might not fit into a Worker's memory. Keeps the alt texts of refused files.
 * @throws ApiError with an error for each refused file, whose field is the file's input
 */
async function uploadFiles(api: Api, form: FormData): Promise<void> {
  const earlier = imagesIn(form)
  const images = earlier.flatMap((image, i) =>
    form.has(`remove_${i}`) ? [] : [{ ...image, alt: field(form, `alt_${i}`) }],
  )
  const refused: { alt: string; error: ApiError }[] = []
  for (let i = earlier.length; i < IMAGES_MAX; i += 1) {
    const chosen = form.get(`file_${i}`)
    const file = chosen instanceof Blob ? chosen : new Blob()
    const alt = field(form, `alt_${i}`)
    // An alt text without a file is uploaded too: the API refuses it, so that the image is not forgotten.
    if (file.size === 0 && !alt.trim()) continue
    try {
      images.push({ ...(await uploadFile(api, file)), alt })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      refused.push({ alt, error })
    }
  }
  for (const name of [...form.keys()]) if (PLAIN_FIELD_NAME.test(name)) form.delete(name)
  form.set('images', images.length > 0 ? JSON.stringify(images) : '')
  const errors = refused.flatMap(({ alt, error }, n) => {
    const i = images.length + n
    form.set(`alt_${i}`, alt)
    return error.data.errors.map((item) => ({ ...item, field: `file_${i}` }))
  })
  const [first] = refused
  if (first) throw new ApiError(first.error.status, { errors, request_id: '' })
}

function uploadFile(api: Api, file: Blob): Promise<UploadedImage> {
  const init = { body: file, headers: { 'content-type': file.type || 'application/octet-stream' } }
  return read(api.images.$post({}, { init }))
}
