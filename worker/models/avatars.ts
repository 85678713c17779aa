import { AppError } from '../contract/app-error.ts'
import { AVATAR_MAX_PIXELS, AVATAR_SIZE } from '../contract/limits.ts'
import { sha256, toHex } from '../digest.ts'

/**
 * What the bucket answers.
 * @throws AppError pictures_unavailable when it does not.
 */
export async function fromBucket<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (cause) {
    throw new AppError('pictures_unavailable', { cause })
  }
}

const starts = (bytes: Uint8Array, at: number, text: string) =>
  [...text].every((character, index) => bytes[at + index] === character.charCodeAt(0))

/** Whether the content, whatever its name says, is one of the pictures that we take: PNG, JPEG, WebP or GIF. */
export function isPicture(bytes: Uint8Array): boolean {
  return (
    starts(bytes, 0, '\x89PNG\r\n\x1a\n') ||
    starts(bytes, 0, '\xff\xd8\xff') ||
    (starts(bytes, 0, 'RIFF') && starts(bytes, 8, 'WEBP')) ||
    starts(bytes, 0, 'GIF87a') ||
    starts(bytes, 0, 'GIF89a')
  )
}

const streamOf = (bytes: ArrayBuffer) => new Response(bytes).body as ReadableStream

/**
 * A picture as we keep it: a square of AVATAR_SIZE, WebP, its first frame, without whatever else the file carried.
 * @throws AppError avatar_type_unsupported, avatar_too_many_pixels, avatar_damaged
 */
export async function squareOf(images: Cloudflare.Env['IMAGES'], bytes: ArrayBuffer): Promise<ArrayBuffer> {
  if (!isPicture(new Uint8Array(bytes, 0, Math.min(bytes.byteLength, 16)))) throw refuse('avatar_type_unsupported')
  try {
    const info = await images.info(streamOf(bytes))
    const { width, height } = 'width' in info ? info : { width: 0, height: 0 }
    if (width * height > AVATAR_MAX_PIXELS) throw refuse('avatar_too_many_pixels')
    if (width === 0 || height === 0) throw refuse('avatar_damaged')
    const output = await images
      .input(streamOf(bytes))
      .transform({ width: AVATAR_SIZE, height: AVATAR_SIZE, fit: 'cover' })
      .output({ format: 'image/webp', quality: 85, anim: false })
    const square = await output.response().arrayBuffer()
    if (square.byteLength === 0) throw refuse('avatar_damaged')
    return square
  } catch (error) {
    // Whatever the decoder says of it, it is the file that is at fault.
    throw error instanceof AppError ? error : refuse('avatar_damaged', error)
  }
}

const refuse = (code: 'avatar_type_unsupported' | 'avatar_too_many_pixels' | 'avatar_damaged', cause?: unknown) =>
  new AppError([{ code, field: 'avatar' }], { cause })

/**
 * A new name for an uploaded picture: hex SHA-256 of its bytes and of the upload. It never comes back, so that removing an
 * older picture cannot take away one that was uploaded anew.
 */
export async function newKey(bytes: ArrayBuffer): Promise<string> {
  return toHex(await sha256(await new Blob([crypto.randomUUID(), bytes]).arrayBuffer()))
}

/** Where a picture lies in the bucket. */
export const objectKey = (avatarKey: string) => `avatars/${avatarKey}`

/** Below this lies an empty mark for each picture of which we do not know whether a row names it. */
export const UNSURE = 'unsure/'
export const unsureKey = (avatarKey: string) => UNSURE + avatarKey
