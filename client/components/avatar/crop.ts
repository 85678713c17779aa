/** A square of an image: its centre as fractions of width and height, and the zoom (1: the largest square). */
export type Crop = { x: number; y: number; zoom: number }
export type Size = { width: number; height: number }

/** The largest square, in the centre. */
export const INITIAL_CROP: Crop = { x: 0.5, y: 0.5, zoom: 1 }
export const ZOOM_MAX = 4

const clamp = (min: number, value: number, max: number) => Math.min(Math.max(value, min), max)
const sideOf = ({ width, height }: Size, { zoom }: Crop) => Math.min(width, height) / zoom

/** Returns the nearest crop inside the image. */
function clampCrop(size: Size, crop: Crop): Crop {
  const zoom = clamp(1, crop.zoom, ZOOM_MAX)
  const half = sideOf(size, { ...crop, zoom }) / 2
  const [marginX, marginY] = [half / size.width, half / size.height]
  return { zoom, x: clamp(marginX, crop.x, 1 - marginX), y: clamp(marginY, crop.y, 1 - marginY) }
}

/** Moves the image by fractions of its frame. */
export function moveCrop(size: Size, crop: Crop, right: number, down: number): Crop {
  const side = sideOf(size, crop)
  return clampCrop(size, {
    ...crop,
    x: crop.x - (right * side) / size.width,
    y: crop.y - (down * side) / size.height,
  })
}

/** Zooms around the crop's centre. */
export const zoomCrop = (size: Size, crop: Crop, zoom: number): Crop => clampCrop(size, { ...crop, zoom })

/** The crop's square, in pixels of the image. */
export function squareOf(size: Size, crop: Crop): { left: number; top: number; side: number } {
  const side = sideOf(size, crop)
  return { left: crop.x * size.width - side / 2, top: crop.y * size.height - side / 2, side }
}

/** The image's position in the frame, as fractions of it. */
export function imagePosition(size: Size, crop: Crop): { left: number; top: number; width: number } {
  const { left, top, side } = squareOf(size, crop)
  return { left: -left / side, top: -top / side, width: size.width / side }
}
