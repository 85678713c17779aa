import { AppError } from '../contract/app-error.ts'
import { IMAGE_MAX_PIXELS, IMAGE_SIZE, PLACEHOLDER_SIZE } from '../contract/limits.ts'
import { isImage } from './avatars.ts'
import { awaitImages } from './await-media.ts'

type Images = Cloudflare.Env['IMAGES']

/** An image as it is stored. */
export type EncodedImage = { webp: ArrayBuffer; width: number; height: number; placeholder: string }

/** Brands of HEIF files with a still image: https://github.com/nokiatech/heif/wiki, and AVIF. */
const HEIF_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'mif1', 'msf1', 'avif', 'avis'])

/** A good image: a PNG of one pixel. */
const PIXEL = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
).buffer

const ascii = (bytes: ArrayBuffer, from: number, to: number) =>
  String.fromCharCode(...new Uint8Array(bytes.slice(from, to)))

/** Returns whether the content is HEIC or AVIF, by its first bytes. */
const isHeif = (bytes: ArrayBuffer) => ascii(bytes, 4, 8) === 'ftyp' && HEIF_BRANDS.has(ascii(bytes, 8, 12))

const streamOf = (bytes: ArrayBuffer) => new Response(bytes).body as ReadableStream

/**
 * Converts an uploaded image to what is stored: WebP of at most IMAGE_SIZE pixels a side, first frame only, upright, without
 * metadata, and its placeholder. The kind is judged by the bytes.
 * @throws AppError image_type_unsupported, image_too_many_pixels, image_damaged; pictures_unavailable while Images fails.
 */
export async function encodeImage(images: Images, bytes: ArrayBuffer): Promise<EncodedImage> {
  const heif = isHeif(bytes)
  if (!heif && !isImage(new Uint8Array(bytes, 0, Math.min(bytes.byteLength, 16)))) {
    throw imageError('image_type_unsupported')
  }
  try {
    return await encode(images, bytes)
  } catch (error) {
    if (error instanceof AppError) throw error
    await assertImagesWork(images)
  }
  try {
    // Images works now, so it may have failed for a moment only.
    return await encode(images, bytes)
  } catch (error) {
    if (error instanceof AppError) throw error
    // Images decodes HEIC and AVIF in some places only.
    throw imageError(heif ? 'image_type_unsupported' : 'image_damaged', error)
  }
}

async function encode(images: Images, bytes: ArrayBuffer): Promise<EncodedImage> {
  // Images reads the size from the header: a decompression bomb is never decoded.
  const pixels = await sizeOf(images, bytes)
  if (pixels.width * pixels.height > IMAGE_MAX_PIXELS) throw imageError('image_too_many_pixels')
  const webp = await toWebp(images, bytes, IMAGE_SIZE)
  const [size, small] = await Promise.all([sizeOf(images, webp), toWebp(images, webp, PLACEHOLDER_SIZE)])
  return { webp, ...size, placeholder: `data:image/webp;base64,${toBase64(small)}` }
}

async function sizeOf(images: Images, bytes: ArrayBuffer): Promise<{ width: number; height: number }> {
  const info = await awaitImages(images.info(streamOf(bytes)))
  if (!('width' in info) || info.width * info.height === 0) throw imageError('image_damaged')
  return { width: info.width, height: info.height }
}

async function toWebp(images: Images, bytes: ArrayBuffer, size: number): Promise<ArrayBuffer> {
  const output = images
    .input(streamOf(bytes))
    .transform({ width: size, height: size, fit: 'scale-down' })
    .output({ format: 'image/webp', quality: 80, anim: false })
  const webp = await awaitImages(output.then((encoded) => encoded.response().arrayBuffer()))
  if (webp.byteLength === 0) throw imageError('image_damaged')
  return webp
}

/**
 * Decodes an image that is known to be good: the errors of Images do not tell an outage from a damaged file.
 * @throws AppError pictures_unavailable
 */
async function assertImagesWork(images: Images): Promise<void> {
  try {
    await toWebp(images, PIXEL, 1)
  } catch (cause) {
    throw new AppError('pictures_unavailable', { cause })
  }
}

const imageError = (code: 'image_type_unsupported' | 'image_damaged' | 'image_too_many_pixels', cause?: unknown) =>
  new AppError([{ code, field: 'image' }], { cause })

const toBase64 = (bytes: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
