import { type Crop, type Size, squareOf } from './crop.ts'

/** Maximum side of the uploaded square, in pixels; the server scales it down further. */
const SIDE_MAX = 1_024

/** Draws the crop of an image into a file; null if the browser cannot. */
export async function cropToBlob(image: HTMLImageElement, size: Size, crop: Crop): Promise<Blob | null> {
  const { left, top, side } = squareOf(size, crop)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.max(1, Math.min(SIDE_MAX, Math.round(side)))
  try {
    canvas.getContext('2d')?.drawImage(image, left, top, side, side, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', 0.9))
  } catch {
    return null
  }
}
