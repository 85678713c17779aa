import { AppError } from '../contract/app-error.ts'
import { AVATAR_MAX_PIXELS, AVATAR_SIZE } from '../contract/limits.ts'
import { sha256, toHex } from '../digest.ts'
import { awaitImages } from './await-media.ts'

const hasTextAt = (bytes: Uint8Array, offset: number, text: string) =>
  [...text].every((character, index) => bytes[offset + index] === character.charCodeAt(0))

/** Returns whether the content is a PNG, JPEG, WebP or GIF, by its first bytes. */
export function isImage(bytes: Uint8Array): boolean {
  return (
    hasTextAt(bytes, 0, '\x89PNG\r\n\x1a\n') ||
    hasTextAt(bytes, 0, '\xff\xd8\xff') ||
    (hasTextAt(bytes, 0, 'RIFF') && hasTextAt(bytes, 8, 'WEBP')) ||
    hasTextAt(bytes, 0, 'GIF87a') ||
    hasTextAt(bytes, 0, 'GIF89a')
  )
}

const streamOf = (bytes: ArrayBuffer) => new Response(bytes).body as ReadableStream

/**
 * Converts an uploaded image to an avatar: a WebP square of AVATAR_SIZE pixels, first frame only, without metadata.
 * @throws AppError avatar_type_unsupported, avatar_too_many_pixels, avatar_damaged; pictures_unavailable if Images hangs.
 */
export async function toAvatar(images: Cloudflare.Env['IMAGES'], bytes: ArrayBuffer): Promise<ArrayBuffer> {
  if (!isImage(new Uint8Array(bytes, 0, Math.min(bytes.byteLength, 16)))) throw avatarError('avatar_type_unsupported')
  try {
    const info = await awaitImages(images.info(streamOf(bytes)))
    const { width, height } = 'width' in info ? info : { width: 0, height: 0 }
    if (width * height > AVATAR_MAX_PIXELS) throw avatarError('avatar_too_many_pixels')
    if (width === 0 || height === 0) throw avatarError('avatar_damaged')
    const output = images
      .input(streamOf(bytes))
      .transform({ width: AVATAR_SIZE, height: AVATAR_SIZE, fit: 'cover' })
      .output({ format: 'image/webp', quality: 85, anim: false })
    const square = await awaitImages(output.then((encoded) => encoded.response().arrayBuffer()))
    if (square.byteLength === 0) throw avatarError('avatar_damaged')
    return square
  } catch (error) {
    // Any error of the decoder means a damaged file.
    throw error instanceof AppError ? error : avatarError('avatar_damaged', error)
  }
}

const avatarError = (code: 'avatar_type_unsupported' | 'avatar_too_many_pixels' | 'avatar_damaged', cause?: unknown) =>
  new AppError([{ code, field: 'avatar' }], { cause })

/**
 * Returns a new key for an avatar: SHA-256 of its bytes and a random uuid, in hex. A key is never reused, so that the removal
 * of an old avatar cannot delete the same image uploaded again.
 */
export async function newAvatarKey(bytes: ArrayBuffer): Promise<string> {
  return toHex(await sha256(await new Blob([crypto.randomUUID(), bytes]).arrayBuffer()))
}

/** Returns the avatar's key in the bucket. */
export const avatarObjectKey = (avatarKey: string) => `avatars/${avatarKey}`

/** Prefix of the keys of marks: empty objects, each for an avatar that a user's row may or may not name. */
export const UNSURE = 'unsure/'
export const unsureKey = (avatarKey: string) => UNSURE + avatarKey
