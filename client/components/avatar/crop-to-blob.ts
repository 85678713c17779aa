import { type Crop, type Size, squareOf } from './crop.ts'

/** At most so many pixels a side are sent: the server keeps fewer. */
const SIDE_MAX = 1_024

/** The crop of a picture as a file of its own; null where the browser cannot do that. */
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
