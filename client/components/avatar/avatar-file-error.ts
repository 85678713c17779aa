import type { ErrorCode } from '../../../worker/contract/error.ts'

/** First bytes of PNG, JPEG and GIF. */
const SIGNATURES = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF87a', 'GIF89a']

/** Whether a file starts like one of the image types that the server accepts. In WebP, its length follows RIFF. */
const isImageFile = (start: string) =>
  SIGNATURES.some((signature) => start.startsWith(signature)) || /^RIFF.{4}WEBP/s.test(start)

/** Returns why a chosen file cannot become an avatar; undefined if it can. */
export async function avatarFileError(file: File): Promise<ErrorCode | undefined> {
  const start = String.fromCharCode(...new Uint8Array(await file.slice(0, 12).arrayBuffer()))
  if (!isImageFile(start)) return 'avatar_type_unsupported'
  try {
    const bitmap = await createImageBitmap(file)
    bitmap.close()
    return undefined
  } catch {
    return 'avatar_damaged'
  }
}
