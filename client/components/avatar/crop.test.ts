import { describe, expect, it } from 'vitest'
import { INITIAL_CROP, imagePosition, moveCrop, squareOf, ZOOM_MAX, zoomCrop } from './crop.ts'

const wide = { width: 400, height: 200 }

describe('the crop of an image', () => {
  it('starts in the centre, as large as possible', () => {
    expect(squareOf(wide, INITIAL_CROP)).toEqual({ left: 100, top: 0, side: 200 })
    expect(imagePosition(wide, INITIAL_CROP)).toEqual({ left: -0.5, top: -0, width: 2 })
  })

  it('moves with the pointer, and stops at the edge', () => {
    expect(squareOf(wide, moveCrop(wide, INITIAL_CROP, 0.25, 0))).toEqual({ left: 50, top: 0, side: 200 })
    expect(squareOf(wide, moveCrop(wide, INITIAL_CROP, 5, 5))).toEqual({ left: 0, top: 0, side: 200 })
    expect(squareOf(wide, moveCrop(wide, INITIAL_CROP, -5, -5))).toEqual({ left: 200, top: 0, side: 200 })
  })

  it('zooms around its centre, within bounds', () => {
    expect(squareOf(wide, zoomCrop(wide, INITIAL_CROP, 2))).toEqual({ left: 150, top: 50, side: 100 })
    expect(zoomCrop(wide, INITIAL_CROP, 99).zoom).toBe(ZOOM_MAX)
    expect(zoomCrop(wide, INITIAL_CROP, 0).zoom).toBe(1)
  })

  it('stays inside the image when zooming out at an edge', () => {
    const corner = moveCrop(wide, zoomCrop(wide, INITIAL_CROP, 4), -99, -99)
    expect(squareOf(wide, corner)).toEqual({ left: 350, top: 150, side: 50 })
    expect(squareOf(wide, zoomCrop(wide, corner, 1))).toEqual({ left: 200, top: 0, side: 200 })
  })
})
